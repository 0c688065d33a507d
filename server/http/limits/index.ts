/** Limits how often one client may do what is expensive. Public reads are not limited. */
import type { H3Event } from 'h3'
import { Problem } from '../problem'
import { clientAddress, limitKey } from './address'
import { slidingWindow } from './window'

export { clientAddress } from './address'

const MINUTE = 60_000

const WINDOWS = {
  subscriptions: slidingWindow(100, 10 * MINUTE),
  signIns: slidingWindow(20, 10 * MINUTE),
  setups: slidingWindow(20, 10 * MINUTE),
  writes: slidingWindow(6000, MINUTE),
}

/**
 * Counts one request; 429 with Retry-After when it is one too many. `key` defaults to the client's
 * address (its /64); `writes` are counted per person or token.
 */
export function limit(
  event: H3Event,
  name: keyof typeof WINDOWS,
  key: string = limitKey(clientAddress(event)),
): void {
  const wait = WINDOWS[name].take(key, Date.now())
  if (wait)
    throw new Problem(429, 'Too many requests', `Try again in ${inWords(wait)}.`, undefined, {
      headers: { 'retry-after': String(wait) },
    })
}

const inWords = (seconds: number) =>
  seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`
