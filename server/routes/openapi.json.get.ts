/** GET /openapi.json: the API as OpenAPI 3.1. */
import { defineEventHandler } from 'h3'
import { sessionCookieName } from '../access/session-cookie'
import { settings } from '../config/settings'
import { answerDocument } from '../contracts/answer-document'
import { openApi } from '../contracts/openapi'

export default defineEventHandler(event =>
  answerDocument(event, () => openApi(settings().siteUrl, sessionCookieName())),
)
