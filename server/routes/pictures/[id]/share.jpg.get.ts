/** The title card as it is shown where a link is shared. */
import { defineEventHandler } from 'h3'
import { sharePicture } from '../../../delivery/pictures'
import { answerPicture } from '../../../pictures/answer-picture'

export default defineEventHandler(event => answerPicture(event, sharePicture))
