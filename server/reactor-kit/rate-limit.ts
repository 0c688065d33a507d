/**
 * Reads the limits in an answer's headers: how many calls of how many are left, and when they
 * reset.
 */
import type { Quota } from '../delivery/contract/define-reactor'

const DAY = 86_400_000

/**
 * Reads `NAME-limit`, `NAME-remaining` and `NAME-reset`; undefined if they do not name a limit that
 * ends within a day.
 */
export function limitIn(headers: Headers, name: string, what: string): Quota | undefined {
  const of = Number.parseInt(headers.get(`${name}-limit`) ?? '')
  const left = Number.parseInt(headers.get(`${name}-remaining`) ?? '')
  const until = timeIn(headers.get(`${name}-reset`) ?? '')
  if (!(left >= 0) || !(until > Date.now() && until <= Date.now() + DAY)) return undefined
  return { left, ...(of >= 0 && { of }), what, until: new Date(until).toISOString() }
}

/** In ms; networks write seconds since 1970, or a date. */
const timeIn = (reset: string) => (/^\d+$/.test(reset) ? Number(reset) * 1000 : Date.parse(reset))

export const tightest = (limits: Quota[]): Quota | undefined =>
  limits.toSorted((a, b) => a.left - b.left)[0]

/** When (ms) all used-up limits have ended; if none is used up, when the first limit ends. */
export function backAt(limits: Quota[]): number | undefined {
  const used = limits.filter(({ left }) => left === 0)
  const ends = (used.length ? used : limits.slice(0, 1)).map(({ until }) => Date.parse(until!))
  return ends.length ? Math.max(...ends) : undefined
}
