/** Which posters are shown after each event, and which once were. */
import { expect, it } from 'vitest'
import posters from '../../server/projections/posters'
import { content, life, rowsAfter } from './life'

const withPoster = (url: string) => ({ ...content.movie, poster: { url, alt: 'A' } })
const published = {
  ...life.published,
  data: { ...life.published.data, content: { ...content, movie: withPoster('/uploads/a.webp') } },
}
const fixedTo = (movie: typeof content.movie) => ({
  ...life.fixed,
  data: { ...life.fixed.data, changes: { movie } },
})
const after = (...events: Parameters<typeof rowsAfter>[1][]) =>
  rowsAfter(posters, ...events).get('r1')

it('has no row for a review that never had one', () => {
  expect(after(life.published, life.fixed)).toBeUndefined()
})

it('knows the one that is shown, and those that were', () => {
  expect(after(published, fixedTo(withPoster('/uploads/b.jpg')))).toMatchObject({
    poster: 'b',
    ever: ['a', 'b'],
  })
  expect(after(published, fixedTo(content.movie))).toMatchObject({ poster: null, ever: ['a'] })
  expect(after(published, life.fixed)).toMatchObject({ poster: 'a' })
})

it('shows none while the review is archived', () => {
  expect(after(published, life.archived)).toMatchObject({ shown: 0 })
  expect(after(published, life.archived, life.restored)).toMatchObject({ shown: 1 })
})
