/**
 * Works out what a network's answer means for a delivery: wait, try again, give up, or stop until
 * somebody acts.
 */
import { z } from 'zod'
import { Dead, type Quota, Retry, Stopped } from '../delivery/contract/define-reactor'
import { retryAfter } from '../outbound/retry-after'
import { crossOut } from './cross-out'
import { backAt } from './rate-limit'

/**
 * What came back. `label` is the network's name, as people read it; `json` is undefined if the body
 * was not JSON (an error page, nothing).
 */
export interface FarAnswer {
  label: string
  status: number
  headers: Headers
  json?: unknown
  text: string
  /** The limits that the answer names. */
  limits?: Quota[]
}

/**
 * Reads an answer from the guarded client, which bounds its length, and crosses out the secrets.
 * Throws if the answer breaks off.
 */
export async function readAnswer(
  answer: Response,
  label: string,
  secrets: string[] = [],
): Promise<FarAnswer> {
  const text = await answer.text()
  return {
    label,
    status: answer.status,
    headers: answer.headers,
    text: crossOut(text, secrets),
    json: parse(text, secrets),
  }
}

/** The body of a successful answer, if it has this shape. */
export const contentOf = <Content>(
  { status, json }: FarAnswer,
  shape: z.ZodType<Content>,
): Content | undefined => (status < 300 ? shape.safeParse(json).data : undefined)

/** An address that the desk may link to. */
export const webLink = z
  .string()
  .max(500)
  .regex(/^https?:\/\//)
  .refine(URL.canParse)

/** True for too many calls or a server in trouble, when the same call may work later. */
export const isPassing = ({ status }: FarAnswer) => status === 429 || status >= 500

/**
 * The error to throw for an answer that we did not want. `at` (ms) is when to try again, `origin` is where nothing is sent until then.
 * 401 and 403 are about our credentials (RFC 9110, 15.5.2 and 15.5.4): the part stops, and no delivery uses up an attempt. 429 and 503 wait until Retry-After (RFC 9110, 10.2.3; RFC 6585, 4); a 429 without it, until the limits that it names end.
 * A permanent redirect, or a page instead of an API's 404, 405 or 410, means that the address in our settings is wrong: the part stops likewise.
 * 408, other 5xx, any other redirect, and a success without JSON are tried again later. Any other 4xx means that this text will never be accepted.
 */
export function failureOf(
  { label, status, headers, json, text, limits = [] }: FarAnswer,
  { at, origin = '', now = Date.now() }: { at?: number; origin?: string; now?: number } = {},
): Error {
  const isPage = text !== '' && json === undefined
  const words = wordsIn(json) ?? (isPage ? 'a page instead of an answer' : '')
  const reason = `${label} answered ${status}${words ? `: ${words}` : ''}`
  if (status === 401 || status === 403 || isElsewhere(status, isPage)) return new Stopped(reason)
  const until = at ?? retryAfter(Object.fromEntries(headers), now)
  if (status === 429)
    return new Retry(reason, { at: until ?? backAt(limits) ?? now + 60_000, pause: origin })
  if (status >= 400 && status < 500 && status !== 408 && status !== 425) return new Dead(reason)
  return new Retry(reason, { at: until, ...(until && { pause: origin }) })
}

/** What a web server answers where there is no API: 404, 405 and 410 (RFC 9110, 15.5). */
const NO_API = new Set([404, 405, 410])

/** True for an answer that means that there is no API at this address; `isPage`: it is no JSON. */
export const isElsewhere = (status: number, isPage: boolean) =>
  status === 301 || status === 308 || (isPage && NO_API.has(status))

/** Where networks put their words, the most telling first. */
const PLACES = [
  'error.error_user_msg',
  'error.message',
  'error_description',
  'errors.0.message',
  'detail',
  'message',
  'error',
  'title',
]

/** The words of an error, at most 200 characters. */
function wordsIn(json: unknown): string | undefined {
  const words = PLACES.map(place => valueAt(json, place)).find(value => value && isText(value))
  return isText(words) ? words.replaceAll(/\s+/g, ' ').slice(0, 200) : undefined
}

const isText = (value: unknown) => typeof value === 'string'

function valueAt(json: unknown, place: string): unknown {
  let value = json
  for (const key of place.split('.')) {
    if (typeof value !== 'object' || !value) return undefined
    value = (value as Record<string, unknown>)[key]
  }
  return value
}

function parse(text: string, secrets: string[]): unknown {
  try {
    return JSON.parse(text, (_, value: unknown) =>
      isText(value) ? crossOut(value, secrets) : value,
    )
  } catch {
    return undefined
  }
}
