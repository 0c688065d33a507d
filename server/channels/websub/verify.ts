/** Asks a subscriber whether it really sent a request, so that nobody subscribes somebody else. */
import { randomBytes } from 'node:crypto'
import { settings } from '../../config/settings'
import { AnswerTooLong, outboundFetch, OutboundRefused } from '../../outbound/client'
import type { HubRequest } from './request'
import { verificationUrl } from './verification-url'

/** `unreachable`: it may answer later. */
export type Verdict = 'confirmed' | 'refused' | 'unreachable'

const TIMEOUT_MS = 10_000
const CHALLENGE_BYTES = 32

/** Only a 2xx whose body is the challenge confirms; redirects are not followed (WebSub, 5.3.1). */
export async function verify(request: HubRequest, signal?: AbortSignal): Promise<Verdict> {
  const challenge = randomBytes(CHALLENGE_BYTES).toString('base64url')
  try {
    const answer = await outboundFetch('websub', verificationUrl(request, challenge), {
      headers: { 'user-agent': `MyMovies (+${settings().siteUrl})` },
      signal,
      timeout: TIMEOUT_MS,
      maxBytes: challenge.length,
    })
    if (isBusy(answer.status)) return unread(answer, 'unreachable')
    if (!answer.ok) return unread(answer, 'refused')
    return (await answer.text()) === challenge ? 'confirmed' : 'refused'
  } catch (error) {
    const isFinal = error instanceof OutboundRefused || error instanceof AnswerTooLong
    return isFinal ? 'refused' : 'unreachable'
  }
}

const isBusy = (status: number) => status >= 500 || status === 429

async function unread(answer: Response, verdict: Verdict): Promise<Verdict> {
  await answer.body?.cancel().catch(() => {})
  return verdict
}
