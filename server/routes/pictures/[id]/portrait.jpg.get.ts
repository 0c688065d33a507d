/** The review as an upright picture, for networks that fetch what they show. */
import { defineEventHandler } from 'h3'
import { portrait } from '../../../delivery/pictures'
import { answerPicture } from '../../../pictures/answer-picture'

export default defineEventHandler(event => answerPicture(event, portrait))
