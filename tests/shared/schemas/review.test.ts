/** What comes in for a review: each field in its shape, with a path where it is not. */
import { expect, it } from 'vitest'
import { fixInput, newReview, someFields } from '../../../shared/schemas/review'

const pathsOf = (given: object) =>
  someFields.safeParse(given).error?.issues.map(({ path }) => path.join('.')) ?? []

it.each([
  ['A city\r\nof sellers.', 'A city of sellers.'],
  ['A city \n\n  of sellers.\n', 'A city of sellers.'],
  ['A city\u2028of\tsellers.', 'A city of sellers.'],
])('a summary is one paragraph: %j', (typed, summary) => {
  const movie = { title: 'The Third Man' }
  expect(newReview.parse({ title: 'Go', movie, rating: 4, summary: typed }).summary).toBe(summary)
  expect(someFields.parse({ summary: typed })).toEqual({ summary })
  expect(fixInput.parse({ summary: typed })).toEqual({ summary })
})

it('names the field that does not fit', () => {
  expect(pathsOf({ summary: 'x'.repeat(301) })).toEqual(['summary'])
  expect(pathsOf({ title: 'two\nlines' })).toEqual(['title'])
  expect(pathsOf({ summary: 'a\u0000b' })).toEqual(['summary'])
})
