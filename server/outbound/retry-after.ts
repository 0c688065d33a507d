/** Reads when a far side wants to be asked again. */

const SHORTEST_WAIT = 1000
const LONGEST_WAIT = 24 * 3_600_000

/**
 * Seconds or an HTTP date (RFC 9110 section 10.2.3), as ms since the epoch, at least a second and
 * at most a day from now.
 */
export function retryAfter(
  headers: Record<string, string | string[] | undefined>,
  now: number,
): number | undefined {
  const value = [headers['retry-after']].flat()[0]?.trim()
  if (!value) return undefined
  const at = /^\d+$/.test(value) ? now + Number(value) * 1000 : dateOf(value)
  return Number.isNaN(at)
    ? undefined
    : Math.min(Math.max(at, now + SHORTEST_WAIT), now + LONGEST_WAIT)
}

/** Date.parse accepts more than HTTP does, where a date starts with the name of the day. */
const dateOf = (value: string) => (/^[A-Z][a-z]{2}/.test(value) ? Date.parse(value) : Number.NaN)
