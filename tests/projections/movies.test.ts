/** The films of reviews after each event. */
import { expect, it } from 'vitest'
import movies from '../../server/projections/movies'
import { content, life, rowsAfter } from './life'

it('knows the film of a published review, not of a draft', () => {
  expect(rowsAfter(movies, life.drafted).size).toBe(0)
  expect(rowsAfter(movies, life.drafted, life.published).get('r1')).toEqual({
    id: 'r1',
    movie_id: 'the-third-man-1949',
    title: 'The Third Man',
    movie: content.movie,
    position: 2,
  })
})

it('knows the film as a correction describes it', () => {
  expect(rowsAfter(movies, life.published, life.fixed, life.corrected).get('r1')).toMatchObject({
    movie_id: 'the-third-man-1950',
    position: 3,
  })
})

it('forgets what the newest description lacks', () => {
  const { director: _, ...withoutDirector } = content.movie
  const again = { ...life.fixed, data: { ...life.fixed.data, changes: { movie: withoutDirector } } }
  expect(rowsAfter(movies, life.published, again).get('r1')!.movie).toEqual(withoutDirector)
})

it('forgets the film of an erased review', () => {
  expect(rowsAfter(movies, life.published, life.archived, life.erased).size).toBe(0)
})
