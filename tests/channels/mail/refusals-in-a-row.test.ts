/** What refusals of several recipients say about each of them. */
import { expect, it } from 'vitest'
import { RefusalsInARow } from '../../../server/channels/mail/refusals-in-a-row'

const seen = (events: string[], most?: number) => {
  const refusals = new RefusalsInARow(most)
  return events.map(event =>
    event.startsWith('+') ? refusals.taken(event) : refusals.refused(event),
  )
}

it.each([
  ['the first', ['a'], 'unknown'],
  ['one, again and again, where nothing was ever taken', ['a', 'a', 'a', 'a', 'a', 'a'], 'unknown'],
  ['two, again and again, where nothing was ever taken', ['a', 'b', 'a', 'b', 'a'], 'all'],
  ['the third in a row', ['a', 'b', 'c'], 'all'],
  ['the third in a row after others were taken', ['+1', '+2', 'a', 'b', 'c'], 'all'],
  ['two at the end of a list', ['+1', '+2', 'a', 'b', 'a', 'b', 'a', 'b'], 'few'],
  ['one, while others are taken', ['a', '+1', 'a'], 'one'],
  ['many, while others are taken', ['a', 'b', '+1', 'c', 'd', '+2', 'a', 'b', 'c', 'd'], 'one'],
  ['one, after the server mended', ['a', 'b', 'c', '+a', 'b'], 'one'],
])('%s', (_, events, last) => {
  expect(seen(events).at(-1)).toBe(last)
})

it('suspects the third of many, until somebody is taken', () => {
  expect(seen(['a', 'b', 'c', 'c'], 10)).toEqual(['unknown', 'unknown', 'suspect', 'suspect'])
  expect(seen(['a', 'b', 'c', '+1', 'c', 'd'], 10).slice(-2)).toEqual(['one', 'few'])
  expect(seen(['+1', 'a', 'b', 'c'], 10).slice(1)).toEqual(['few', 'few', 'suspect'])
  expect(seen(Array.from('abcdefghij'), 10).at(-1)).toBe('all')
})
