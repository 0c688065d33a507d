/** The subscribe form as the notifications button reads it. */
import { afterEach, expect, it, vi } from 'vitest'
import { readWants } from '../../browser/notifications/wants'

const form = (fields: [string, string][]) => {
  const data = new FormData()
  for (const [name, value] of fields) data.append(name, value)
  return data
}
const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
afterEach(() => vi.restoreAllMocks())

it.each([undefined, 'Etc/Unknown', '+05:30', ''])(
  'a browser without a zone that has a name (%s) sends none',
  found => {
    vi.spyOn(Intl.DateTimeFormat.prototype, 'resolvedOptions').mockReturnValue({
      timeZone: found,
    } as Intl.ResolvedDateTimeFormatOptions)
    expect(readWants(form([]))).toEqual({})
  },
)

it('asks for everything if nothing is filled in, in the zone of this browser', () => {
  const empty = form([
    ['minRating', ''],
    ['hour', ''],
    ['timeZone', ''],
    ['quietFrom', ''],
    ['quietTo', ''],
  ])
  expect(readWants(empty)).toEqual({ timeZone })
})

it('takes every field in the shape of the API', () => {
  const full = form([
    ['frequency', 'weekly'],
    ['genres', 'Drama'],
    ['genres', 'Western'],
    ['critics', 'ines'],
    ['minRating', '0'],
    ['hour', '0'],
    ['weekday', '5'],
    ['timeZone', 'Asia/Tokyo'],
    ['quietFrom', '22:00'],
    ['quietTo', '07:00'],
    ['email', 'reader@example.org'],
  ])
  expect(readWants(full)).toEqual({
    frequency: 'weekly',
    genres: ['Drama', 'Western'],
    critics: ['ines'],
    minRating: 0,
    hour: 0,
    weekday: 5,
    timeZone: 'Asia/Tokyo',
    quiet: { from: '22:00', to: '07:00' },
  })
})

it('sends incomplete quiet hours, so that the server can say what is missing', () => {
  expect(readWants(form([['quietFrom', '22:00']]))).toEqual({
    timeZone,
    quiet: { from: '22:00', to: undefined },
  })
})
