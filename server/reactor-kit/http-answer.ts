/** What a network's answer means for a delivery: wait, try again, give up, or stop until somebody acts. */
import { Dead, Retry, Stopped } from '../delivery/contract/define-reactor'
import { retryAfter } from '../outbound/retry-after'

/** What came back: `json` is undefined where the body was none (an error page, nothing). */
export interface FarAnswer {
  status: number
  headers: Headers
  json?: any
  text: string
}

/** Reads an answer of the guarded client, which bounds its length. Throws Retry where it breaks off. */
export async function readAnswer(answer: Response): Promise<FarAnswer> {
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, text, json: parse(text) }
}

/**
 * The error to throw for an answer that is not the one hoped for. `who` is the network's name for people, `origin` pauses all that goes there.
 * 401 and 403: our credentials (RFC 9110, 15.5.2 and 15.5.4), the part stops and nothing is burned. 429 and 503: until Retry-After (RFC 9110, 10.2.3; RFC 6585, 4).
 * 408 and other 5xx, a redirect, or a success without JSON: again later. Any other 4xx: this text will never do.
 */
export function failureOf(
  { status, headers, json, text }: FarAnswer,
  who: string,
  { at, origin = '', now = Date.now() }: { at?: number; origin?: string; now?: number } = {},
): Error {
  const said = saidBy(json) ?? (text && json === undefined ? 'a page instead of an answer' : '')
  const reason = `${who} answered ${status}${said ? `: ${said}` : ''}`
  if (status === 401 || status === 403) return new Stopped(reason)
  const until = at ?? retryAfter(Object.fromEntries(headers), now)
  if (status === 429) return new Retry(reason, { at: until ?? now + 60_000, pause: origin })
  if (status >= 400 && status < 500 && status !== 408 && status !== 425) return new Dead(reason)
  return new Retry(reason, { at: until, ...(until && { pause: origin }) })
}

/** The words that networks put into their errors, wherever they keep them; at most 200 characters. */
function saidBy(json: any): string | undefined {
  const said =
    json?.error?.error_user_msg ??
    json?.error?.message ??
    json?.error_description ??
    json?.detail ??
    json?.message ??
    json?.errors?.[0]?.message ??
    json?.error ??
    json?.title
  return typeof said === 'string' && said ? said.replaceAll(/\s+/g, ' ').slice(0, 200) : undefined
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
