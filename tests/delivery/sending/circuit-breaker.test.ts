/** The circuit breaker limits calls to one place and rests a place that only fails. */
import { expect, it } from 'vitest'
import { CircuitBreaker } from '../../../server/delivery/sending/circuit-breaker'

function origins(perOrigin = 2) {
  let now = 1000
  return {
    o: new CircuitBreaker(perOrigin, () => now),
    pass: (ms: number) => {
      now += ms
    },
  }
}

it('lets a limited number in at once; the next enters when one leaves, and other origins are free', async () => {
  const { o } = origins()
  const leave = await o.enter('a')
  await o.enter('a')
  let inside = false
  const third = o.enter('a').then(() => {
    inside = true
  })
  await o.enter('b')
  expect(inside).toBe(false)
  leave()
  leave()
  await third
  expect(inside).toBe(true)
})

it('pauses an origin for the longest time it asked for, and says when the first one opens', () => {
  const { o, pass } = origins()
  expect(o.nextOpening()).toBeUndefined()
  o.pause('a', 5000)
  o.pause('a', 3000)
  o.pause('b', 9000)
  expect([o.pausedUntil('a'), o.pausedUntil('c'), o.nextOpening()]).toEqual([5000, 0, 5000])
  expect(o.paused()).toEqual(['a', 'b'])
  pass(4000)
  expect([o.pausedUntil('a'), o.paused(), o.nextOpening()]).toEqual([0, ['b'], 9000])
})

it('pauses an origin after five failures in a row, longer each time, at most a minute; one success clears it', () => {
  const { o, pass } = origins()
  for (let n = 0; n < 4; n++) o.failed('a')
  expect(o.pausedUntil('a')).toBe(0)
  o.failed('a')
  expect(o.pausedUntil('a')).toBe(2000)
  pass(1000)
  for (let n = 0; n < 20; n++) o.failed('a')
  expect(o.pausedUntil('a')).toBe(62_000)
  pass(60_000)
  o.worked('a')
  for (let n = 0; n < 4; n++) o.failed('a')
  expect(o.pausedUntil('a')).toBe(0)
})
