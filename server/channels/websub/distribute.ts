/** Posts the whole feed to one subscriber, signed if it gave a secret (WebSub, 7). */
import { createHmac } from 'node:crypto'
import type { Dispatcher } from 'undici'
import { settings } from '../../config/settings'
import { outbound, OutboundRefused } from '../../outbound/client'
import { networkWords } from '../../outbound/network-words'
import { retryAfter } from '../../outbound/retry-after'
import type { Subscriber } from './audience'
import type { TopicContent } from './topics'

/**
 * `said` is why it failed; `gone` means that the subscription is over there; `retryAt` (ms) is when
 * to try again.
 */
export type Distributed =
  | { ok: true; status: number }
  | { ok: false; status?: number; said: string; gone?: boolean; retryAt?: number }

export const TIMEOUT_MS = 15_000
/** An answer has no content for us; a little is read so that the connection can be used again. */
const MOST_BYTES = 16_384

let agent: Dispatcher | undefined

/** Not `fetch`, which takes five times as long: a thousand subscribers are waiting. */
const useAgent = () =>
  (agent ??= outbound().agent('websub', {
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
    keepAliveTimeout: 10_000,
  }))

/** Only a 2xx is a success; redirects are not followed. Throws only if `signal` ends the call. */
export async function distribute(
  { callback, secret }: Pick<Subscriber, 'callback' | 'secret'>,
  { bytes, tag, type, link }: TopicContent,
  signal: AbortSignal,
): Promise<Distributed> {
  const { origin, pathname, search } = new URL(callback)
  try {
    const {
      statusCode: status,
      headers,
      body,
    } = await useAgent().request({
      origin,
      path: pathname + search,
      method: 'POST',
      headers: {
        'content-type': type,
        link,
        etag: tag,
        'user-agent': `MyMovies (+${settings().siteUrl})`,
        ...(secret && { 'x-hub-signature': signatureOf(bytes, secret) }),
      },
      body: bytes,
      signal,
    })
    body.dump({ limit: MOST_BYTES }).catch(() => {})
    if (status >= 200 && status < 300) return { ok: true, status }
    const isRedirect = status >= 300 && status < 400
    return {
      ok: false,
      status,
      said: `answered ${status}${isRedirect ? ': a redirect, which is not followed' : ''}`,
      gone: status === 410,
      retryAt: retryAfter(headers, Date.now()),
    }
  } catch (error) {
    signal.throwIfAborted()
    return { ok: false, said: reasonOf(error as Error) }
  }
}

export const signatureOf = (bytes: Buffer, secret: string) =>
  `sha256=${createHmac('sha256', secret).update(bytes).digest('hex')}`

function reasonOf(error: Error): string {
  if (error instanceof OutboundRefused) return error.message
  return error.name === 'HeadersTimeoutError'
    ? `no answer within ${TIMEOUT_MS / 1000} seconds`
    : `no answer: ${networkWords(error) ?? error.message}`
}

export async function closeConnections() {
  const open = agent
  agent = undefined
  await open?.destroy()
}
