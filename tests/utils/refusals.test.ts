/** Problems from the server, in the words that people read. */
import { expect, it } from 'vitest'
import { fieldProblems } from '../../utils/field-problems'
import { missingWords } from '../../utils/missing-words'
import { refusalWords } from '../../utils/refusal-words'
import { asSentence, withFullStop } from '../../utils/sentences'

it('makes sentences, and no second full stop', () => {
  expect(asSentence('must be set')).toBe('Must be set.')
  expect(['Done', 'Done.', 'Done?', 'And so on…'].map(withFullStop)).toEqual([
    'Done.',
    'Done.',
    'Done?',
    'And so on…',
  ])
})

it('says the first problem of each field, and names a part that has no field of its own', () => {
  expect(
    fieldProblems([
      { path: 'title', message: 'must be set' },
      { path: 'title', message: 'must be text' },
      { path: 'movie.year', message: 'must be at least 1870' },
    ]),
  ).toEqual({
    title: 'Must be set.',
    'movie.year': 'The year of the film must be at least 1870.',
  })
})

it('lists what a review lacks; what has no word there is said as it was refused', () => {
  const must = (...paths: string[]) => paths.map(path => ({ path, message: 'must be set' }))
  expect(missingWords(must('title', 'movie.title', 'rating'))).toBe(
    'It needs a title, a film and a rating.',
  )
  expect(missingWords(must('rating', 'summary'))).toBe('It needs a rating.')
  expect(missingWords(must('summary'))).toBe('The summary must be set.')
  expect(missingWords([])).toBe('')
})

it.each([
  [
    { errors: [{ path: 'movie.poster.alt', message: 'must be set' }] },
    'The description of the poster must be set.',
  ],
  [{ errors: [{ path: 'movie.poster.url', message: 'is gone' }] }, 'The poster is gone.'],
  [{ errors: [{ path: 'strange', message: 'is odd' }] }, 'One field is odd.'],
  [{ title: 'Too many attempts', detail: 'Wait a minute.' }, 'Wait a minute.'],
  [{ title: 'Too many attempts' }, 'Too many attempts'],
  [undefined, 'Not reached.'],
])('says one refusal for people: %o', (refusal, words) => {
  expect(refusalWords(refusal, 'Not reached.')).toBe(words)
})
