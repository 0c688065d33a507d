/** A typo or a correction: even the smallest change of meaning is a correction. */
import { expect, it } from 'vitest'
import { suggest } from '../../../shared/review/suggest'
import { type Writing, writingOf } from '../../../shared/review/writing'

const before = writingOf({
  title: 'Quiet',
  body: 'Shimura plays it. We saw Kurosawa and Shimura in 1952, for the second time.',
  rating: 4,
  movie: { id: 'ikiru-1952', title: 'Ikiru', year: 1952, genres: [] },
})
const kind = (change: Partial<Writing>) => suggest(before, { ...before, ...change })?.kind
const body = (from: string, to: string) => ({ body: before.body.replace(from, to) })

it.each<[string, Partial<Writing>, string | undefined]>([
  ['nothing', {}, undefined],
  ['a rating', { rating: 4.5 }, 'correction'],
  ['another film', { movie: { ...before.movie!, year: 1953 } }, 'correction'],
  ['a year', body('1952', '1953'), 'correction'],
  ['a number in words', body('second', 'third'), 'correction'],
  ['one letter of a name', body('and Shimura', 'and Shimora'), 'correction'],
  ['a name that begins a sentence', body('Shimura plays', 'Mifune plays'), 'correction'],
  ['a negation', body('We saw', 'We never saw'), 'correction'],
  ['a contracted negation', body('We saw', 'We didn’t see'), 'correction'],
  ['another word', body('plays', 'destroys'), 'correction'],
  ['an added sentence', { body: `${before.body} it drags.` }, 'correction'],
  ['swapped letters', body('plays', 'palys'), 'fix'],
  ['a comma', body('1952,', '1952'), 'fix'],
  ['a word written as two', body('time', 'ti me'), 'fix'],
  ['a capital', { title: 'quiet' }, 'fix'],
  ['a tag', { tags: ['new'] }, 'fix'],
])('%s', (_, change, expected) => {
  expect(kind(change)).toBe(expected)
})
