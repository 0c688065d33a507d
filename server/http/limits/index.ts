/** Limits how often one client may do what is expensive. Public reads are not limited. */
import type { H3Event } from 'h3'
import { Problem } from '../problem'
import { clientAddress, limitKey, networkKey } from './address'
import { slidingWindow } from './window'

export { clientAddress, limitKey, networkKey } from './address'

const MINUTE = 60_000
/** An IPv6 /48 is one customer with up to 65,536 of the /64 that are counted one by one. */
const CLIENTS_OF_NETWORK = 5

const LIMITS = {
  subscriptions: [100, 10 * MINUTE],
  /** A feed reader's server asks for many people, and again before each lease ends. */
  hubRequests: [2000, 10 * MINUTE],
  signIns: [20, 10 * MINUTE],
  setups: [20, 10 * MINUTE],
  writes: [6000, MINUTE],
  /** What other servers of the fediverse send, new followers of each server, and what we ask of an address there. */
  activities: [3000, MINUTE],
  follows: [100, MINUTE],
  replies: [60, MINUTE],
  documents: [10, MINUTE],
  /** Passwords tried for one account, from wherever. */
  guesses: [30, 10 * MINUTE],
  /** Beyond those: one from each network, and so many in all. */
  guessesOfNetwork: [1, 60 * MINUTE],
  moreGuesses: [30, 60 * MINUTE],
} as const satisfies Record<string, readonly [number, number]>
type Limit = keyof typeof LIMITS

const windows = new Map<string, ReturnType<typeof slidingWindow>>()

/**
 * Counts one request; 429 with Retry-After when it is one too many. `key` defaults to the client's
 * address (its /64, and with a larger share its /48); `writes` are counted per person or token.
 */
export function limit(event: H3Event, name: Limit, key?: string): void {
  const address = clientAddress(event)
  const wait = take(name, key ?? limitKey(address)) || (key ? 0 : takeOfNetwork(name, address))
  if (wait) throw tooMany(wait)
}

/** Counts one and returns 0, or counts nothing and returns the seconds to wait. */
export const take = (name: Limit, key: string): number => windowOf(name).take(key, Date.now())

/** Takes one back that turned out not to count. */
export const giveBack = (name: Limit, key: string): void => windowOf(name).giveBack(key)

export const tooMany = (seconds: number) =>
  new Problem(429, 'Too many requests', `Try again in ${inWords(seconds)}.`, undefined, {
    headers: { 'retry-after': String(seconds) },
  })

function takeOfNetwork(name: Limit, address: string): number {
  const key = networkKey(address)
  if (key === limitKey(address)) return 0
  return windowOf(name, CLIENTS_OF_NETWORK).take(key, Date.now())
}

function windowOf(name: Limit, times = 1) {
  const known = windows.get(`${name} ${times}`)
  if (known) return known
  const [most, length] = LIMITS[name]
  const made = slidingWindow(most * times, length)
  windows.set(`${name} ${times}`, made)
  return made
}

const inWords = (seconds: number) =>
  seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`
