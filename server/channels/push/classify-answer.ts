/**
 * Works out what a push service's answer means for the delivery, its reader and the service. Pure.
 */
import { retryAfter } from '../../outbound/retry-after'

export type AnswerClass =
  | { is: 'accepted' }
  /** The subscription no longer exists: forget it. */
  | { is: 'gone'; reason: string }
  /** The message is too long: send it once more, trimmed. */
  | { is: 'too-long'; reason: string }
  /**
   * Try again, at `at` (ms) if the service named a time; `whole` means that everything to this
   * service waits until then.
   */
  | { is: 'later'; reason: string; at?: number; whole: boolean }
  /** The service does not accept our credentials or our request. */
  | { is: 'refused'; reason: string }
  | { is: 'never'; reason: string }

export interface PushAnswer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body?: string
}

const MINUTE = 60_000
const THROTTLED = new Set([406, 429])
/** Request Timeout, Misdirected Request, Too Early: about this one attempt. */
const PASSING = new Set([408, 421, 425])

/**
 * `now` in ms. RFC 8030 sections 5 (201), 7.2 (413), 7.3 (404, 410) and 8.4 (429); RFC 8292 section
 * 4.2 (401, 403).
 */
export function classifyAnswer(
  { status, headers, body = '' }: PushAnswer,
  now: number,
): AnswerClass {
  const reason = `answered ${status}${body ? `: ${body.replace(/\s+/g, ' ').trim().slice(0, 200)}` : ''}`
  if (status >= 200 && status < 300) return { is: 'accepted' }
  if (status === 404 || status === 410) return { is: 'gone', reason: `left (${status})` }
  if (status === 413) return { is: 'too-long', reason }
  if (status === 400 || status === 401 || status === 403) return { is: 'refused', reason }
  // Windows says 406 when it throttles; whoever else names a time means the same.
  if (THROTTLED.has(status) || (status >= 400 && status < 500 && headers['retry-after']))
    return { is: 'later', reason, at: retryAfter(headers, now) ?? now + MINUTE, whole: true }
  if (PASSING.has(status) || status >= 500) {
    const at = retryAfter(headers, now)
    return { is: 'later', reason, at, whole: at !== undefined }
  }
  return { is: 'never', reason }
}
