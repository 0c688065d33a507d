/** When a far side wants to be asked again. */

const SHORTEST_WAIT = 1000
const LONGEST_WAIT = 24 * 3_600_000

/** Seconds or an HTTP date (RFC 9110 section 10.2.3), as ms since the epoch, at least a second and at most a day from now. */
export function retryAfter(
  headers: Record<string, string | string[] | undefined>,
  now: number,
): number | undefined {
  const said = [headers['retry-after']].flat()[0]?.trim()
  if (!said) return undefined
  const at = /^\d+$/.test(said) ? now + Number(said) * 1000 : dateOf(said)
  return Number.isNaN(at)
    ? undefined
    : Math.min(Math.max(at, now + SHORTEST_WAIT), now + LONGEST_WAIT)
}

/** Date.parse takes more than HTTP does; a date begins with the name of its day. */
const dateOf = (said: string) => (/^[A-Z][a-z]{2}/.test(said) ? Date.parse(said) : Number.NaN)
