/** The title card as it is shown where a link is shared. */
import { defineEventHandler } from 'h3'
import { sharePicture } from '../../../reactor-kit/pictures'
import { answerPicture } from '../../../media/pictures/answer-picture'

export default defineEventHandler(event => answerPicture(event, sharePicture))
