/** Limits that networks name in headers are believed if they are plausible. */
import { expect, it, vi } from 'vitest'
import { backAt, limitIn, tightest } from '../../server/reactor-kit/rate-limit'

const NOW = Date.parse('2026-11-23T20:00:00.000Z')
vi.useFakeTimers({ now: NOW, toFake: ['Date'] })

const limit = (limit: string, remaining: string, reset: string) =>
  limitIn(
    new Headers({ 'x-limit': limit, 'x-remaining': remaining, 'x-reset': reset }),
    'x',
    'calls',
  )
const until = (seconds: number) => new Date(NOW + seconds * 1000).toISOString()

it.each([
  ['seconds since 1970', String(NOW / 1000 + 60), until(60)],
  ['a date', until(60), until(60)],
  ['within a day', until(86_400), until(86_400)],
])('the end of a limit is %s', (_, reset, end) => {
  expect(limit('300', '12', reset)).toEqual({ left: 12, of: 300, what: 'calls', until: end })
})

it.each([
  ['has passed', '300', '12', until(-1)],
  ['is more than a day away', '300', '12', until(86_401)],
  ['is absurd', '300', '12', '1e18'],
  ['is missing', '300', '12', ''],
  ['is of nothing', '300', '', until(60)],
  ['is below zero', '300', '-1', until(60)],
])('a limit that %s is none', (_, ...headers) => {
  expect(limit(...(headers as [string, string, string]))).toBeUndefined()
})

it('waits for all used-up limits, or for the first; shows the tightest', () => {
  const named = (left: number, seconds: number) => ({ left, what: 'calls', until: until(seconds) })
  expect(backAt([named(0, 10), named(5, 90), named(0, 30)])).toBe(NOW + 30_000)
  expect(backAt([named(3, 10), named(5, 90)])).toBe(NOW + 10_000)
  expect(backAt([])).toBeUndefined()
  expect(tightest([named(3, 10), named(1, 90)])).toMatchObject({ left: 1 })
})
