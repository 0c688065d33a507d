/** A clock that is set is noticed once; time that passes is not. */
import { expect, it } from 'vitest'
import { ClockJumps } from '../../server/kit/clock-jumps'

it('notices that the clock was set, once, and how far', () => {
  let wall = 1_000_000
  let elapsed = 0
  const jumps = new ClockJumps({ now: () => wall, elapsed: () => elapsed })
  const pass = (ms: number) => {
    wall += ms
    elapsed += ms
  }
  pass(5000)
  expect(jumps.look()).toBeUndefined()
  wall -= 7_200_000
  pass(3000)
  expect(jumps.look()).toEqual({ from: 1_008_000, to: 1_008_000 - 7_200_000 })
  expect(jumps.look()).toBeUndefined()
  wall += 60_000
  expect(jumps.look()).toMatchObject({ to: wall })
  wall += 500
  expect(jumps.look()).toBeUndefined()
})
