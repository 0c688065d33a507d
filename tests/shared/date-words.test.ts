/** Days and times as the site writes them. */
import { describe, expect, it } from 'vitest'
import { day, isFresh, lastCameIn, when } from '../../shared/date-words'

const zone = 'Europe/Vienna'
const now = Date.parse('2026-11-14T12:00:00Z')

describe('when', () => {
  it.each([
    ['2026-11-14T10:01:17Z', '11:01 today'],
    ['2026-11-13T23:30:00Z', '00:30 today'],
    ['2026-11-13T22:30:00Z', '13 November'],
    ['2026-01-01T12:00:00Z', '1 January'],
    ['2025-12-31T12:00:00Z', '31 December 2025'],
  ])('%s reads %s', (at, words) => expect(when(at, { now, zone })).toBe(words))
  it('says when the last one came in', () => {
    expect(lastCameIn('2026-11-14T10:01:17Z', { now, zone })).toBe('The last one came in at 11:01.')
    expect(lastCameIn('2026-11-12T10:01:17Z', { now, zone })).toBe(
      'The last one came in on 12 November.',
    )
  })
  it('writes a day in full', () =>
    expect(day('2026-11-14T23:30:00Z', zone)).toBe('15 November 2026'))
})

it('is fresh for an hour', () => {
  expect(isFresh('2026-11-14T11:00:01Z', now)).toBe(true)
  expect(isFresh('2026-11-14T11:00:00Z', now)).toBe(false)
})
