/** GET /pictures/:id/share.jpg: a review's title card, shown where its link is shared. */
import { defineEventHandler } from 'h3'
import { answerPicture } from '../../../media/pictures/answer-picture'
import { sharePicture } from '../../../reactor-kit/pictures'

export default defineEventHandler(event => answerPicture(event, sharePicture))
