/** Why the server did not answer a request, in a sentence that says what to do: signing in comes before waiting. */
import type { FetchError } from 'ofetch'

export const SIGN_IN = 'You are signed out. Sign in on another tab; what you typed is kept here.'

export const isSignedOut = (error: unknown) => (error as FetchError | undefined)?.status === 401

/** Why a command has to wait for what was typed. */
export const unsavedWords = (signedOut: boolean) =>
  signedOut ? `${SIGN_IN} Then press again.` : 'Not everything is saved yet.'

export const whyNotAnswered = (error: unknown, otherwise = 'The server cannot be reached.') =>
  isSignedOut(error) ? SIGN_IN : otherwise
