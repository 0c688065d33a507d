/** Digests and quiet hours, above all on the two nights a year when the clock is wrong. */
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { nextDigest, quietUntil } from '../../server/readers/digest-times'

const vienna = 'Europe/Vienna'
const at = (time: string) => Temporal.Instant.from(time)
const digest = (wants: Parameters<typeof nextDigest>[0], after: string) => {
  const { at, bundle } = nextDigest(wants, Temporal.Instant.from(after))
  return [at.toString(), bundle]
}

describe('the next digest', () => {
  it.each([
    [
      'daily, later today',
      { frequency: 'daily', hour: 18, timeZone: vienna },
      '2026-11-23T10:00:00Z',
      '2026-11-23T17:00:00Z',
      'daily:2026-11-23',
    ],
    [
      'daily, exactly now is tomorrow',
      { frequency: 'daily', hour: 18, timeZone: vienna },
      '2026-11-23T17:00:00Z',
      '2026-11-24T17:00:00Z',
      'daily:2026-11-24',
    ],
    [
      'no hour and no zone: 18:00 UTC',
      { frequency: 'daily' },
      '2026-11-23T10:00:00Z',
      '2026-11-23T18:00:00Z',
      'daily:2026-11-23',
    ],
    [
      "the day is the reader's day",
      { frequency: 'daily', hour: 8, timeZone: 'Pacific/Auckland' },
      '2026-11-23T10:00:00Z',
      '2026-11-23T19:00:00Z',
      'daily:2026-11-24',
    ],
    [
      'weekly, on Fridays when no day is named',
      { frequency: 'weekly', hour: 9, timeZone: vienna },
      '2026-11-23T10:00:00Z',
      '2026-11-27T08:00:00Z',
      'weekly:2026-W48',
    ],
    [
      'weekly, today but over',
      { frequency: 'weekly', hour: 9, weekday: 1, timeZone: vienna },
      '2026-11-23T10:00:00Z',
      '2026-11-30T08:00:00Z',
      'weekly:2026-W49',
    ],
    [
      'a week of the year before',
      { frequency: 'weekly', hour: 9, weekday: 5 },
      '2026-12-31T10:00:00Z',
      '2027-01-01T09:00:00Z',
      'weekly:2026-W53',
    ],
    [
      'an hour that does not exist',
      { frequency: 'daily', hour: 2, timeZone: vienna },
      '2026-03-28T12:00:00Z',
      '2026-03-29T01:00:00Z',
      'daily:2026-03-29',
    ],
    [
      'an hour that comes twice: the first',
      { frequency: 'daily', hour: 2, timeZone: vienna },
      '2026-10-24T12:00:00Z',
      '2026-10-25T00:00:00Z',
      'daily:2026-10-25',
    ],
    [
      'an hour that comes twice: not the second',
      { frequency: 'daily', hour: 2, timeZone: vienna },
      '2026-10-25T00:30:00Z',
      '2026-10-26T01:00:00Z',
      'daily:2026-10-26',
    ],
    [
      'a midnight that does not exist',
      { frequency: 'daily', hour: 0, timeZone: 'Africa/Cairo' },
      '2026-04-23T12:00:00Z',
      '2026-04-23T22:00:00Z',
      'daily:2026-04-24',
    ],
    [
      'a day that did not exist',
      { frequency: 'daily', hour: 8, timeZone: 'Pacific/Apia' },
      '2011-12-29T20:00:00Z',
      '2011-12-30T18:00:00Z',
      'daily:2011-12-31',
    ],
    [
      'quiet hours move the email, not its name',
      { frequency: 'daily', hour: 23, timeZone: vienna, quiet: { from: '22:00', to: '07:00' } },
      '2026-11-23T10:00:00Z',
      '2026-11-24T06:00:00Z',
      'daily:2026-11-23',
    ],
  ] as const)('%s', (_, wants, after, time, bundle) =>
    expect(digest(wants, after)).toEqual([time, bundle]),
  )

  it('comes once a day through a year with summer time, whatever the hour', () => {
    for (let hour = 0; hour < 24; hour++) {
      const names: string[] = []
      for (
        let now = at('2026-01-01T00:00:00+01:00'), end = at('2026-12-31T23:00:00+01:00');
        Temporal.Instant.compare(now, end) < 0;
      ) {
        const next = nextDigest({ frequency: 'daily', hour, timeZone: vienna }, now)
        names.push(next.bundle)
        now = next.at
      }
      expect(names.length).toBeGreaterThanOrEqual(365)
      expect(names).toEqual([...new Set(names)])
    }
  })
})

describe('quiet hours', () => {
  const night = { timeZone: vienna, quiet: { from: '22:00', to: '07:00' } }
  const noon = { quiet: { from: '12:00', to: '13:30' } }
  it.each([
    ['none asked for', {}, '2026-11-23T23:00:00Z', undefined],
    ['awake', night, '2026-11-23T12:00:00Z', undefined],
    ['from is quiet', night, '2026-11-23T21:00:00Z', '2026-11-24T06:00:00Z'],
    ['before midnight', night, '2026-11-23T22:59:59Z', '2026-11-24T06:00:00Z'],
    ['after midnight', night, '2026-11-24T02:00:00Z', '2026-11-24T06:00:00Z'],
    ['to is not', night, '2026-11-24T06:00:00Z', undefined],
    ['within a day', noon, '2026-11-24T12:10:00Z', '2026-11-24T13:30:00Z'],
    ['within a day, before', noon, '2026-11-24T11:59:00Z', undefined],
    ['the night that loses an hour', night, '2026-03-28T22:00:00Z', '2026-03-29T05:00:00Z'],
    [
      'an end that does not exist',
      { timeZone: vienna, quiet: { from: '00:00', to: '02:30' } },
      '2026-03-29T00:45:00Z',
      '2026-03-29T01:30:00Z',
    ],
    [
      'an end that comes twice, before it',
      { timeZone: vienna, quiet: { from: '00:00', to: '02:30' } },
      '2026-10-25T00:10:00Z',
      '2026-10-25T00:30:00Z',
    ],
    [
      'an end that comes twice, between',
      { timeZone: vienna, quiet: { from: '00:00', to: '02:30' } },
      '2026-10-25T01:10:00Z',
      '2026-10-25T01:30:00Z',
    ],
  ])('%s', (_, wants, now, end) => expect(quietUntil(wants, at(now))?.toString()).toBe(end))
})
