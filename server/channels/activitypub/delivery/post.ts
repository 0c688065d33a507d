/** Posts an activity to an inbox, signed in the way that the server took last; if it refuses that, in the other. */
import { settings } from '../../../config/settings'
import { fetchFor } from '../../../outbound/client'
import { networkWords } from '../../../outbound/network-words'
import { retryAfter } from '../../../outbound/retry-after'
import { ACTIVITY_JSON } from '../documents/context'
import { otherKind, sign, type SignatureKind } from './sign'

export const TIMEOUT_MS = 15_000

export interface Posting {
  inbox: string
  /** The address of our actor that signs. */
  sender: string
  /** JSON. */
  activity: string
  /** What the server took last. */
  signatures?: SignatureKind
  signal?: AbortSignal
}

/**
 * `said` is why it failed; `gone` that nobody is there any more (RFC 9110, 15.5.11); `retryAt` (ms) when
 * to try again; `signatures` what it took.
 */
export interface PostOutcome {
  ok: boolean
  status?: number
  said?: string
  gone?: boolean
  retryAt?: number
  signatures?: SignatureKind
}

/** Throws OutboundRefused where the inbox must not be called, and what `signal` throws. */
export async function post({
  signatures: known = 'cavage',
  ...posting
}: Posting): Promise<PostOutcome> {
  const first = await postAs(known, posting)
  // What a signature is refused with; others answer 403, which may also be a block.
  if (first.status !== 400 && first.status !== 401) return first
  const second = await postAs(otherKind(known), posting)
  return second.ok || second.status !== first.status ? second : first
}

async function postAs(
  signatures: SignatureKind,
  { inbox, sender, activity, signal }: Posting,
): Promise<PostOutcome> {
  const request = new Request(inbox, {
    method: 'POST',
    headers: {
      'content-type': ACTIVITY_JSON,
      'user-agent': `MyMovies (+${settings().siteUrl})`,
    },
    body: activity,
  })
  const signed = await sign(request, sender, signatures)
  try {
    const answer = await fetchFor('activitypub')(signed, { signal })
    return await outcomeOf(answer, signatures)
  } catch (error) {
    signal?.throwIfAborted()
    if ((error as Error).name === 'OutboundRefused') throw error
    return { ok: false, said: reasonOf(error as Error) }
  }
}

async function outcomeOf(answer: Response, signatures: SignatureKind): Promise<PostOutcome> {
  const { ok, status, headers } = answer
  const words = ok ? '' : await firstWords(answer)
  void answer.body?.cancel().catch(() => {})
  if (ok) return { ok, status, signatures }
  return {
    ok,
    status,
    said: [`answered ${status}`, words].filter(Boolean).join(': '),
    gone: status === 410,
    retryAt: retryAfter(Object.fromEntries(headers), Date.now()),
  }
}

/** At most 200 characters of one line; no page. */
async function firstWords(answer: Response): Promise<string> {
  const text = await answer.text().catch(() => '')
  const line = text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()
  return line.startsWith('<') ? 'a page' : line.slice(0, 200)
}

const reasonOf = (error: Error) =>
  error.name === 'TimeoutError'
    ? `no answer within ${TIMEOUT_MS / 1000} seconds`
    : `no answer: ${networkWords(error) ?? error.message}`
