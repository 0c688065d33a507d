/** What a failure of a call in the AT protocol means for a delivery. */
import { type Quota, Retry, Stopped } from '../delivery/contract/define-reactor'
import { OutboundRefused } from '../outbound/client'
import { failureOf } from './http-answer'
import { limitIn } from './rate-limit'

/** As the library throws: `status` is 1 where nothing came, 2 where what came was no answer. */
interface AtprotoError extends Error {
  status?: number
  error?: string
  headers?: FarHeaders
}
type FarHeaders = Record<string, string | undefined>

/** Answers that only the account's owner can change, whatever their status. */
const LOCKED_OUT = new Set([
  'AuthFactorTokenRequired',
  'AuthenticationRequired',
  'AccountTakedown',
  'AccountDeactivated',
  'AccountSuspended',
  'RepoTakendown',
  'RepoDeactivated',
  'RepoSuspended',
  'ExpiredToken',
  'InvalidToken',
])

/** The name that the server gives to a failure. */
export const reasonOf = (thrown: unknown) => (thrown as AtprotoError).error

export const isSignedOut = (thrown: unknown) =>
  (thrown as AtprotoError).status === 401 ||
  ['ExpiredToken', 'InvalidToken'].includes(reasonOf(thrown) ?? '')

/** `ratelimit-*` (docs.bsky.app/docs/advanced-guides/rate-limits). */
export function limitsIn(headers: FarHeaders): Quota[] {
  const limit = limitIn(new Headers(headers as Record<string, string>), 'ratelimit', 'calls')
  return limit ? [limit] : []
}

/** The error to throw instead; the limit that it names is told. */
export function meaningOf(thrown: unknown, label: string, tell: (limit: Quota) => void): Error {
  const { status, error, headers = {}, message, cause } = thrown as AtprotoError
  if (cause instanceof OutboundRefused) return cause
  if (status === undefined || !error) return thrown as Error
  const limits = limitsIn(headers)
  limits.forEach(tell)
  const said = message.replaceAll(SESSION_TOKEN, '…')
  if (LOCKED_OUT.has(error)) return new Stopped(`${label} says ${error}: ${said}`)
  // The library says 404 also of a redirect: neither tells about this post.
  if (status < 100 || status === 404)
    return new Retry(`${label} gave no answer that we understand: ${said}`)
  return failureOf({
    label,
    status,
    headers: new Headers(headers as Record<string, string>),
    json: { message: `${error}: ${said}` },
    text: '',
    limits,
  })
}

/** A JWT; those of a session are in no setting. */
const SESSION_TOKEN = /\beyJ[\w-]+\.[\w-]+\.[\w-]+/g
