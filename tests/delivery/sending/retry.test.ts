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
it('waits as long as the far side asks, at most a day', () => {
  expect(wait(1, { asked: NOW + 90_000 })).toBe(90)
  expect(wait(1, { asked: NOW + 90 * DAY })).toBe(DAY / 1000)
})
it('retries at once if the far side names a time in the past', () =>
  expect(wait(1, { asked: NOW - 5000 })).toBe(0))
it('a part that never retries gives up after the first attempt', () =>
  expect(wait(1, { backoff: [] })).toBeUndefined())
