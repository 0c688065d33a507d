/**
 * GET /api/events: the public events as CloudEvents, a page at a time, or as a stream that never
 * ends (Accept: text/event-stream).
 */
import { defineEventHandler, getRequestHeader } from 'h3'
import { readQuery } from '../http/read-input'
import { answerBatch } from '../notices/answer-batch'
import { eventPageAt, eventQuery, wantsStream } from '../notices/query'
import { streamNotices } from '../notices/stream'

export default defineEventHandler(async event => {
  const page = await eventPageAt(event.path, () => readQuery(event, eventQuery))
  return wantsStream(getRequestHeader(event, 'accept'))
    ? streamNotices(event, page)
    : answerBatch(event, page)
})
