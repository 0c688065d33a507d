/** Works out what a failed AT Protocol call means for a delivery. */
import { type Quota, Retry, Stopped } from '../delivery/contract/define-reactor'
import { OutboundRefused } from '../outbound/client'
import { failureOf } from './http-answer'
import { limitIn } from './rate-limit'

/**
 * As the library throws it: `status` is 1 if nothing came back, 2 if what came back was not an
 * answer.
 */
interface AtprotoError extends Error {
  status?: number
  error?: string
  headers?: FarHeaders
}
type FarHeaders = Record<string, string | undefined>

/** Failures that only the account's owner can fix, whatever their status. */
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

/** The server's name for a failure. */
export const reasonOf = (thrown: unknown) => (thrown as AtprotoError).error

export const isSignedOut = (thrown: unknown) =>
  (thrown as AtprotoError).status === 401 ||
  ['ExpiredToken', 'InvalidToken'].includes(reasonOf(thrown) ?? '')

/** `ratelimit-*` (docs.bsky.app/docs/advanced-guides/rate-limits). */
export function limitsIn(headers: FarHeaders): Quota[] {
  const limit = limitIn(new Headers(headers as Record<string, string>), 'ratelimit', 'calls')
  return limit ? [limit] : []
}

/** The error to throw instead. `tell` is called with the limit that the failure names. */
export function meaningOf(thrown: unknown, label: string, tell: (limit: Quota) => void): Error {
  const { status, error, headers = {}, message, cause } = thrown as AtprotoError
  if (cause instanceof OutboundRefused || cause instanceof Stopped) return cause
  if (status === undefined || !error) return thrown as Error
  const limits = limitsIn(headers)
  limits.forEach(tell)
  const words = message.replaceAll(SESSION_TOKEN, '…')
  if (LOCKED_OUT.has(error)) return new Stopped(`${label} says ${error}: ${words}`)
  // The library also reports a redirect as 404: either way there is no such server at this address.
  if (status === 404) return new Stopped(`${label} answered 404: ${words}`)
  if (status < 100) return new Retry(`${label} gave no answer that we understand: ${words}`)
  return failureOf({
    label,
    status,
    headers: new Headers(headers as Record<string, string>),
    json: { message: `${error}: ${words}` },
    text: '',
    limits,
  })
}

/** A JWT, because the tokens of a session are not in any setting. */
const SESSION_TOKEN = /\beyJ[\w-]+\.[\w-]+\.[\w-]+/g
