/** The review as an upright picture, for networks that fetch what they show. */
import { defineEventHandler } from 'h3'
import { portrait } from '../../../reactor-kit/pictures'
import { answerPicture } from '../../../media/pictures/answer-picture'

export default defineEventHandler(event => answerPicture(event, portrait))
