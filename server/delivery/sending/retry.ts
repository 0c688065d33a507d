/** Decides when to try again, and when to stop trying. Pure. */

/** Seconds between attempts, from the first failure on. */
const BACKOFF = [1, 4, 15, 60, 300, 1800, 7200, 18000]
const LATEST_MS = 24 * 3600_000

/**
 * The time (ms) of the next attempt, or undefined when all are used up. `asked` is the time that
 * the far side named; jitter is up to a fifth.
 */
export function nextAttempt(
  attempts: number,
  now: number,
  {
    asked,
    backoff = BACKOFF,
    random = Math.random,
  }: { asked?: number; backoff?: number[]; random?: () => number } = {},
): number | undefined {
  if (attempts > backoff.length) return undefined
  const own = backoff[Math.min(attempts, backoff.length) - 1]! * 1000
  const wait = Math.max(asked === undefined ? own : asked - now, 0) + (own * random()) / 5
  return now + Math.min(wait, LATEST_MS)
}

/**
 * No planned wait is longer than this; a later due time means that the clock has since jumped back.
 */
export const LONGEST_WAIT_MS = 8 * 24 * 3600_000
