/** Answers a document that is the same until the next release: made when it is first asked for, and kept like any public answer. */
import type { H3Event } from 'h3'
import { mayKeep } from '../http/answer/answer-cacheable'
import { answerKept } from '../http/answer/answer-kept'

const SECONDS = 300

export const answerDocument = (event: H3Event, make: () => object, type = 'application/json') =>
  answerKept(event, event.path.split('?')[0]!, async () => ({
    body: JSON.stringify(make()),
    type,
    headers: { 'cache-control': mayKeep(SECONDS) },
  }))
