/** GET /api/event-map: which event reaches which listener, read from the running code. What flows there is only told at the desk. */
import { defineEventHandler } from 'h3'
import { answerDocument } from '../contracts/answer-document'
import { eventMap } from '../desk/event-map'

export default defineEventHandler(event =>
  answerDocument(event, () => ({ ...eventMap(), notSetUp: [] })),
)
