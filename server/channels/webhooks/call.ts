/** Makes one signed call, and returns a bounded summary of the answer. */
import { settings } from '../../config/settings'
import { outboundFetch, OutboundRefused } from '../../outbound/client'
import { networkWords } from '../../outbound/network-words'
import { retryAfter } from '../../outbound/retry-after'
import type { Webhook } from './audience'
import { signed } from './sign'

/**
 * `ms` until the answer's headers. `said` is why the call failed, or the answer's first words;
 * `gone` means never call again (RFC 9110, 15.5.11); `retryAt` (ms) is when to try again.
 */
export interface CallOutcome {
  ok: boolean
  ms: number
  status?: number
  said?: string
  gone?: boolean
  retryAt?: number
}

export const TIMEOUT_MS = 15_000
const MOST_WORDS = 200
const MOST_BYTES = 16_384
const PATIENCE_MS = 1000

/** Only a 2xx is a success; redirects are not followed. Throws only if `signal` ends the call. */
export async function callWebhook(
  { url, secrets }: Pick<Webhook, 'url' | 'secrets'>,
  { id, body }: { id: string; body: string },
  signal?: AbortSignal,
): Promise<CallOutcome> {
  const start = performance.now()
  const ms = () => Math.round(performance.now() - start)
  const headers = {
    'content-type': 'application/cloudevents+json; charset=utf-8',
    'user-agent': `MyMovies (+${settings().siteUrl})`,
    ...signed(secrets, { id, body, at: Date.now() }),
  }
  try {
    const answer = await outboundFetch('webhook', url, {
      method: 'POST',
      headers,
      body,
      signal,
      timeout: TIMEOUT_MS,
    })
    const took = ms()
    const { status, ok } = answer
    const words = await firstWords(answer)
    if (ok) return { ok, status, ms: took, ...(words && { said: words }) }
    return {
      ok,
      status,
      ms: took,
      said: [`answered ${status}`, isRedirect(status) ? 'a redirect, which is not followed' : words]
        .filter(Boolean)
        .join(': '),
      gone: status === 410,
      retryAt: retryAfter(Object.fromEntries(answer.headers), Date.now()),
    }
  } catch (error) {
    signal?.throwIfAborted()
    return { ok: false, ms: ms(), said: reasonOf(error as Error) }
  }
}

const isRedirect = (status: number) => status >= 300 && status < 400

function reasonOf(error: Error): string {
  if (error instanceof OutboundRefused) return error.message
  return error.name === 'TimeoutError'
    ? `no answer within ${TIMEOUT_MS / 1000} seconds`
    : `no answer: ${networkWords(error) ?? error.message}`
}

/**
 * One line of at most 200 characters. Reads no more than it needs, and for at most a second,
 * because the status is already known.
 */
async function firstWords(answer: Response): Promise<string> {
  const reader = answer.body?.getReader()
  const chunks: Uint8Array[] = []
  if (!reader) return ''
  const late = setTimeout(() => void reader.cancel().catch(() => {}), PATIENCE_MS)
  try {
    for (let bytes = 0; bytes < MOST_BYTES;) {
      const { done, value } = await reader.read()
      if (done) break
      chunks.push(value)
      bytes += value.byteLength
    }
  } catch {
    /* what has been read is enough */
  } finally {
    clearTimeout(late)
    void reader.cancel().catch(() => {})
  }
  const text = Buffer.concat(chunks)
    .toString()
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
  return text.startsWith('<') ? 'a page' : [...text].slice(0, MOST_WORDS).join('')
}
