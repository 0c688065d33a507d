/** Answers that anyone may cache, made anew for each request. */
import type { H3Event } from 'h3'
import { answer } from './answer'
import { type Modified, represent } from './representation'

/**
 * Sends `body` as `type` (default JSON), or 304. It may be cached for `seconds` without asking
 * again.
 */
export const answerCacheable = (
  event: H3Event,
  body: string | Buffer,
  type = 'application/json',
  seconds = 0,
  modified?: Modified,
) =>
  answer(event, represent({ body, type, modified, headers: { 'cache-control': mayKeep(seconds) } }))

/** `Cache-Control` for what anyone may keep for so many seconds, and must then ask about. */
export const mayKeep = (seconds: number) => `public, max-age=${seconds}, must-revalidate`
