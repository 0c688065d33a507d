/** Picked means exactly the named fields, and the id. */
import { expect, it } from 'vitest'
import { fieldPicker, onlyFields } from '../../server/queries/select-fields'
import { CARD_FIELDS, REVIEW_FIELDS } from '../../shared/review-fields'
import { sampleReview } from '../support/sample-review'

const { id, title, rating, movie, critic } = sampleReview()

it.each<[string[], object]>([
  [['title'], { id, title }],
  [['id'], { id }],
  [['rating', 'title', 'rating'], { id, title, rating }],
  [['movie.title', 'movie.year'], { id, movie: { title: movie.title, year: movie.year } }],
  [['movie', 'movie.title'], { id, movie }],
  [['movie.title', 'movie'], { id, movie }],
  [['critic.name', 'title'], { id, title, critic: { name: critic.name } }],
  [['fixedAt', 'movie.director', 'title'], { id, title, movie: {} }],
])('%j', (fields, picked) => {
  expect(
    onlyFields(fields)({ ...sampleReview(), movie: { ...movie, director: undefined } }),
  ).toEqual(picked)
})

it('every field that can be named is one that a review has, or may have', () => {
  for (const field of REVIEW_FIELDS) {
    const [first] = field.split('.')
    expect([...REVIEW_FIELDS]).toContain(first)
  }
})

it.each(['__proto__', 'constructor', 'title.length', 'movie.', '.movie', 'MOVIE', 'body'])(
  'refuses %s of a card',
  name => {
    expect(() => fieldPicker(`title,${name}`, CARD_FIELDS)).toThrow(
      expect.objectContaining({
        statusCode: 422,
        errors: [expect.objectContaining({ path: 'fields' })],
      }),
    )
  },
)
