/**
 * Every call to another machine goes through here, guarded against private addresses, redirects,
 * slow answers and floods.
 */
import type { Dispatcher } from 'undici'
import { Agent, fetch as undiciFetch } from 'undici'
import { settings } from '../config/settings'
import { capped } from './caps'
import type { Guard } from './connect'
import { guardedConnector, OutboundRefused } from './connect'
import type { Purpose } from './targets'
import { parseAllowTargets, refusal } from './targets'

export { AnswerTooLong } from './caps'
export { OutboundRefused } from './connect'
export { trusted } from './targets'
export type { Purpose } from './targets'

/**
 * `timeout` in ms for the whole call, body included (at most and by default 15,000); `maxBytes` of
 * body (default 1 MB).
 */
export interface OutboundInit extends RequestInit {
  timeout?: number
  maxBytes?: number
}

const LONGEST = 15_000
const MOST_BYTES = 1_000_000

export interface Outbound {
  /**
   * A 3xx is an answer like any other, and never followed. Throws OutboundRefused, AnswerTooLong, a
   * TimeoutError, or the network's error as `cause` of a TypeError.
   */
  fetch: (purpose: Purpose, url: string | URL, init?: OutboundInit) => Promise<Response>
  /**
   * For client libraries that take an undici dispatcher; `allowH2` lets it speak HTTP/2 where ALPN
   * agrees.
   */
  agent: (purpose: Purpose, options?: Agent.Options) => Dispatcher
  /**
   * Why this URL may not be called, as the end of a sentence about it ("leads to a private
   * address"); undefined when it may. Resolves no names.
   */
  check: (purpose: Purpose, url: string) => string | undefined
}

export function createOutbound(guard: Guard): Outbound {
  const agents = new Map<string, Agent>()
  const agent: Outbound['agent'] = (purpose, options = {}) =>
    new Agent({ ...options, connect: guardedConnector(purpose, guard, options.allowH2) })
  const sharedAgent = (purpose: Purpose) => {
    const key = JSON.stringify(purpose)
    if (!agents.has(key))
      agents.set(
        key,
        new Agent({ keepAliveTimeout: 10_000, connect: guardedConnector(purpose, guard) }),
      )
    return agents.get(key)!
  }
  return {
    agent,
    check: (purpose, url) => refusal(purpose, url, guard.allow),
    async fetch(purpose, url, { timeout = LONGEST, maxBytes = MOST_BYTES, ...init } = {}) {
      const why = refusal(purpose, String(url), guard.allow)
      if (why) throw new OutboundRefused(url, why)
      const limit = AbortSignal.timeout(Math.min(timeout, LONGEST))
      const signal = init.signal ? AbortSignal.any([init.signal, limit]) : limit
      try {
        const answer = await undiciFetch(url, {
          ...init,
          signal,
          redirect: 'manual',
          dispatcher: sharedAgent(purpose),
        } as Parameters<typeof undiciFetch>[1])
        return capped(answer as unknown as Response, maxBytes)
      } catch (error) {
        throw error instanceof TypeError && error.cause instanceof OutboundRefused
          ? error.cause
          : error
      }
    },
  }
}

let configured: Outbound | undefined

/** The outbound client with this server's NUXT_ALLOW_TARGETS. */
export const outbound = () =>
  (configured ??= createOutbound({ allow: parseAllowTargets(settings().allowTargets) }))

export const outboundFetch: Outbound['fetch'] = (purpose, url, init) =>
  outbound().fetch(purpose, url, init)
export const checkTarget: Outbound['check'] = (purpose, url) => outbound().check(purpose, url)

/** The guarded client in the shape of `fetch`, for client libraries that take one. */
export const fetchFor =
  (purpose: Purpose): typeof globalThis.fetch =>
  async (input, init) => {
    if (!(input instanceof Request)) return outboundFetch(purpose, input, init)
    const { method, headers, signal } = input
    return outboundFetch(purpose, input.url, {
      method,
      headers,
      signal,
      body: input.body ? await input.arrayBuffer() : undefined,
      ...init,
    })
  }
