/** The films of reviews after each event. */
import { expect, it } from 'vitest'
import movies from '../../server/projections/movies'
import { content, life, rowsAfter } from './life'

it('knows the film of a published review, not of a draft', () => {
  expect(rowsAfter(movies, life.drafted).size).toBe(0)
  expect(rowsAfter(movies, life.published).get('the-third-man-1949')).toEqual({
    id: 'the-third-man-1949',
    title: 'The Third Man',
    movie: content.movie,
  })
})

it('knows both films after a correction changes the film', () => {
  expect([...rowsAfter(movies, life.published, life.fixed, life.corrected).keys()]).toEqual([
    'the-third-man-1949',
    'the-third-man-1950',
  ])
})

it('forgets what the newest description lacks', () => {
  const { director: _, ...withoutDirector } = content.movie
  const again = {
    ...life.published,
    data: { ...life.published.data, id: 'r2', content: { ...content, movie: withoutDirector } },
  }
  expect(rowsAfter(movies, life.published, again).get('the-third-man-1949')!.movie).toEqual(
    withoutDirector,
  )
})
