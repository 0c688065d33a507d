/** The film of each review after each event. */
import { expect, it } from 'vitest'
import reviewMovies from '../../server/projections/review-movies'
import { content, life, rowsAfter } from './life'

const row = (...events: Parameters<typeof rowsAfter>[1][]) =>
  rowsAfter(reviewMovies, ...events).get('r1')

it('knows the film of a published review, not of a draft', () => {
  expect(row(life.drafted)).toBeUndefined()
  expect(row(life.published)).toEqual({
    id: 'r1',
    movie_id: 'the-third-man-1949',
    name: 'the third man (1949)',
    imdb_id: null,
    shown: 1,
    moved: 0,
    former_ids: [],
    position: 1,
  })
})

it('remembers the former address of a film whose title or year was fixed', () => {
  expect(row(life.published, life.fixed, life.corrected)).toMatchObject({
    movie_id: 'the-third-man-1950',
    name: 'the third man (1950)',
    former_ids: ['the-third-man-1949'],
    moved: 1,
  })
})

it('forgets a former address that is the present one again', () => {
  const back = { ...life.fixed, data: { ...life.fixed.data, changes: { movie: content.movie } } }
  expect(row(life.published, life.corrected, back)).toMatchObject({
    movie_id: 'the-third-man-1949',
    former_ids: ['the-third-man-1950'],
  })
})

it('is not shown while archived', () => {
  expect(row(life.published, life.archived)!.shown).toBe(0)
  expect(row(life.published, life.archived, life.restored)!.shown).toBe(1)
})
