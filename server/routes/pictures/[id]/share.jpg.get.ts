/** The title card as it is shown where a link is shared. */
import { defineEventHandler } from 'h3'
import { answerPicture } from '../../../media/pictures/answer-picture'
import { sharePicture } from '../../../reactor-kit/pictures'

export default defineEventHandler(event => answerPicture(event, sharePicture))
