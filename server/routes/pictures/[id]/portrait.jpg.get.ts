/**
 * GET /pictures/:id/portrait.jpg: a review as an upright picture, for networks that fetch what they
 * show.
 */
import { defineEventHandler } from 'h3'
import { answerPicture } from '../../../media/pictures/answer-picture'
import { portrait } from '../../../reactor-kit/pictures'

export default defineEventHandler(event => answerPicture(event, portrait))
