/** A sliding-window rate limit for many keys, in bounded memory. */

interface Count {
  since: number
  now: number
  before: number
}

const MOST_KEYS = 20_000

/**
 * Two fixed windows stand in for a sliding one: the current count plus a fading share of the previous.
 * `take` counts and returns 0, or counts nothing and returns the seconds to wait. Times in ms.
 */
export function slidingWindow(most: number, length: number, mostKeys = MOST_KEYS) {
  const counts = new Map<string, Count>()

  function take(key: string, now: number): number {
    const count = advance(counts.get(key) ?? { since: now, now: 0, before: 0 }, now)
    const fading = count.before * (1 - (now - count.since) / length)
    if (count.now + fading + 1 > most) return Math.max(1, Math.ceil(untilRoom(count, now) / 1000))
    count.now++
    counts.delete(key) // moves it to the end: the map stays ordered by last use
    counts.set(key, count)
    if (counts.size > mostKeys) counts.delete(counts.keys().next().value!)
    return 0
  }

  function advance(count: Count, now: number): Count {
    const passed = Math.floor((now - count.since) / length)
    if (passed <= 0) return count
    return { since: count.since + passed * length, now: 0, before: passed === 1 ? count.now : 0 }
  }

  function untilRoom(count: Count, now: number): number {
    const end = count.since + length
    // Until this window ends, only the fading share makes room; in the next one, this count fades.
    const share = (most - 1 - count.now) / count.before
    if (count.now + 1 <= most && count.before > 0 && share >= 0)
      return count.since + length * (1 - share) - now
    return end + length * (1 - (most - 1) / Math.max(count.now, 1)) - now
  }

  return {
    take,
    giveBack(key: string) {
      const count = counts.get(key)
      if (count?.now) count.now--
    },
    get size() {
      return counts.size
    },
  }
}
