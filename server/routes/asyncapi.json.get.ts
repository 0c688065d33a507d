/** GET /asyncapi.json: the events as AsyncAPI 3.0. */
import { defineEventHandler } from 'h3'
import { settings } from '../config/settings'
import { answerDocument } from '../contracts/answer-document'
import { asyncApi } from '../contracts/asyncapi'

export default defineEventHandler(event =>
  answerDocument(event, () => asyncApi(settings().siteUrl)),
)
