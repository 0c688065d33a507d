/** The sliding window, with the time given by the test. */
import { describe, expect, it } from 'vitest'
import { slidingWindow } from '../../../server/http/limits/window'

const TEN_MINUTES = 600_000
const taken = (window: ReturnType<typeof slidingWindow>, times: number, now: number, key = 'a') =>
  Array.from({ length: times }, () => window.take(key, now)).filter(wait => wait === 0).length

describe('a window of 20 in 10 minutes', () => {
  it('lets 20 through at once and says when to come back', () => {
    const window = slidingWindow(20, TEN_MINUTES)
    expect(taken(window, 30, 1000)).toBe(20)
    expect(window.take('a', 1000)).toBeGreaterThan(0)
    expect(window.take('b', 1000)).toBe(0)
  })

  it.each([0, 1000, 300_000, 599_999, 600_000, 700_000, 899_000])(
    'tells the right time to wait, asked after %i ms',
    later => {
      const window = slidingWindow(20, TEN_MINUTES)
      taken(window, 20, 0)
      const wait = window.take('a', later)
      if (!wait) return
      expect(window.take('a', later + wait * 1000 - 2000)).toBeGreaterThan(0)
      expect(window.take('a', later + wait * 1000)).toBe(0)
    },
  )

  it('never lets more than 20 through in any 10 minutes, however they are spread', () => {
    const window = slidingWindow(20, TEN_MINUTES)
    const times: number[] = []
    let seed = 7
    for (
      let now = 0;
      now < 40 * TEN_MINUTES;
      now += (seed = (seed * 16807) % 2147483647) % 40_000
    ) {
      if (window.take('a', now) === 0) times.push(now)
    }
    // The share of the previous window is an estimate: it may be a little off, but not by a whole
    // window.
    for (const since of times)
      expect(
        times.filter(time => time >= since && time < since + TEN_MINUTES).length,
      ).toBeLessThanOrEqual(24)
    expect(times.length).toBeGreaterThan(40 * 15)
  })

  it('forgets everything after two quiet windows', () => {
    const window = slidingWindow(20, TEN_MINUTES)
    taken(window, 20, 0)
    expect(taken(window, 30, 2 * TEN_MINUTES)).toBe(20)
  })

  it('remembers a limited number of keys, the latest ones', () => {
    const window = slidingWindow(1, TEN_MINUTES, 100)
    for (let i = 0; i < 1000; i++) window.take(`key ${i}`, i)
    expect(window.size).toBe(100)
    expect(window.take('key 999', 1000)).toBeGreaterThan(0)
  })
})
