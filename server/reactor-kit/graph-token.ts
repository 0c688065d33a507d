/**
 * Renews the long-lived token of an account on the Graph API, as documented at
 * https://developers.facebook.com/documentation (…/reference/refresh_access_token).
 */
import { z } from 'zod'
import { Stopped } from '../delivery/contract/define-reactor'
import type { Credential } from '../delivery/contract/renewal'
import { outboundFetch, trusted } from '../outbound/client'
import { isTokenWrong, refusal } from './graph-api'
import { contentOf, readAnswer } from './http-answer'

/** A token becomes a header, so it has no space or control character. */
const Renewed = z.object({
  access_token: z
    .string()
    .max(4096)
    .regex(/^[\u0021-\u007E]+$/),
  expires_in: z
    .number()
    .positive()
    .max(10 * 366 * 86_400),
})

/**
 * `url` is the API's address, whose version this one call has not. Throws a Stopped if the network
 * refuses the token itself; other failures may pass, such as that of a token that is younger than 24
 * hours.
 */
export async function renewToken(
  { part, label, url, token }: Record<'part' | 'label' | 'url' | 'token', string>,
  signal: AbortSignal,
): Promise<Credential> {
  const response = await outboundFetch(trusted(part, url), addressOf(url, token), {
    headers: { accept: 'application/json' },
    signal,
  })
  // The new token may be the same as before, which must not be crossed out of a success.
  const answer = await readAnswer(response, label, response.ok ? [] : [token])
  const renewed = contentOf(answer, Renewed)
  if (renewed)
    return { value: renewed.access_token, endsAt: Date.now() + renewed.expires_in * 1000 }
  const failure = refusal(answer)
  throw failure instanceof Stopped && !isTokenWrong(answer) ? new Error(failure.message) : failure
}

function addressOf(base: string, token: string): string {
  const url = new URL(base)
  url.pathname = url.pathname.replace(/(?:\/v\d+(?:\.\d+)?)?\/*$/, '/refresh_access_token')
  url.searchParams.set('grant_type', 'ig_refresh_token')
  url.searchParams.set('access_token', token)
  return url.href
}
