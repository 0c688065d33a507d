/** Why the server did not answer a request, in a sentence that says what to do: signing in comes before waiting. */
import type { FetchError } from 'ofetch'

export const SIGN_IN = 'You are signed out. Sign in on another tab; what you typed is kept here.'

export const isSignedOut = (error: unknown) => (error as FetchError | undefined)?.status === 401

/** Why a command has to wait for what was typed. */
export const unsavedWords = (signedOut: boolean) =>
  signedOut ? `${SIGN_IN} Then press again.` : 'Not everything is saved yet.'

export const whyNotAnswered = (error: unknown, otherwise = 'The server cannot be reached.') =>
  isSignedOut(error) ? SIGN_IN : otherwise

/**
 * Why a page that keeps itself up to date does not. `only` says who may read it, `what` may be out of
 * date.
 */
export function whyOutOfDate(
  error: unknown,
  { only, what = 'These figures' }: { only?: string; what?: string } = {},
): string {
  const { statusCode: status } = (error ?? {}) as FetchError
  if (status === 401)
    return 'You are signed out. Sign in on another tab, and this page goes on by itself.'
  if (status === 403) return only ?? 'You may no longer read this.'
  const failure = status ? `The server answered ${status}` : 'The server does not answer'
  return `${failure}. ${what} may be out of date.`
}
