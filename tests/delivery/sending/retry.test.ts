/** How long a failed delivery waits before its next attempt. */
import { expect, it } from 'vitest'
import { nextAttempt } from '../../../server/delivery/sending/retry'

const NOW = 1_800_000_000_000
const DAY = 24 * 3600_000
const wait = (attempts: number, options = {}) => {
  const at = nextAttempt(attempts, NOW, { random: () => 0, ...options })
  return at && (at - NOW) / 1000
}

it.each([
  [1, 1],
  [2, 4],
  [3, 15],
  [4, 60],
  [5, 300],
  [8, 18_000],
  [9, undefined],
])('after %i failures it waits %s s', (attempts, seconds) => {
  expect(wait(attempts)).toBe(seconds)
})
it('spreads by up to a fifth', () => expect(wait(4, { random: () => 1 })).toBe(72))
it('waits as long as the far side asks, a day at most', () => {
  expect(wait(1, { asked: NOW + 90_000 })).toBe(90)
  expect(wait(1, { asked: NOW + 90 * DAY })).toBe(DAY / 1000)
})
it('a far side that names a time gone by is tried again at once', () =>
  expect(wait(1, { asked: NOW - 5000 })).toBe(0))
it('a part that never repeats gives up after the first', () =>
  expect(wait(1, { backoff: [] })).toBeUndefined())
