/** Answers a document that stays the same until the next release: made when it is first asked for, and kept. */
import type { H3Event } from 'h3'
import { mayKeep } from '../http/answer/answer-cacheable'
import { answerKept } from '../http/answer/answer-kept'

const SECONDS = 300

/** By path: a publication purges all kept answers, and need not have these made again. */
const texts = new Map<string, string>()

export function answerDocument(event: H3Event, make: () => object, type = 'application/json') {
  const path = event.path.split('?')[0]!
  return answerKept(event, path, async () => {
    const body = texts.get(path) ?? JSON.stringify(make())
    texts.set(path, body)
    return { body, type, headers: { 'cache-control': mayKeep(SECONDS) } }
  })
}
