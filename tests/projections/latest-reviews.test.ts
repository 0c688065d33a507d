/** The cards of the front page after each event of a review. */
import { expect, it } from 'vitest'
import latestReviews from '../../server/projections/latest-reviews'
import { at, life, rowsAfter } from './life'

const row = (...events: Parameters<typeof rowsAfter>[1][]) =>
  rowsAfter(latestReviews, ...events).get('r1')

it('shows nothing of a draft', () => expect(row(life.drafted, life.scheduled)).toBeUndefined())

it('shows a published review as a card, at the time it was published', () => {
  expect(row(life.drafted, life.published)).toMatchObject({
    shown: 1,
    published_at: at(2),
    genres: ['Thriller'],
    card: {
      title: 'Everyone in Vienna',
      rating: 5,
      url: '/reviews/everyone',
      movie: { ratio: 1.37 },
    },
  })
})

it('applies a fix and a correction to the card and leaves its place in the list', () => {
  expect(row(life.published, life.fixed)!.card).toMatchObject({
    title: 'Everyone in Wien',
    rating: 5,
  })
  expect(row(life.published, life.fixed)!.card).not.toHaveProperty('correctedAt')
  expect(row(life.published, life.fixed, life.corrected)).toMatchObject({
    published_at: at(2),
    rating: 4,
    movie_id: 'the-third-man-1950',
    genres: ['Noir'],
    card: { title: 'Everyone in Wien', rating: 4, correctedAt: at(4) },
  })
})

it('says on the card whether the review contains spoilers', () => {
  const told = {
    type: 'ReviewFixed',
    data: { id: 'r1', changes: { spoiler: true }, fixedAt: at(3) },
  } as const
  const kept = { ...told, data: { ...told.data, changes: { spoiler: false } } }
  const spoiler = (...events: Parameters<typeof row>) => row(...events)!.card.spoiler
  expect(spoiler(life.published)).toBeUndefined()
  expect(spoiler(life.published, told)).toBe(true)
  expect(spoiler(life.published, told, kept)).toBeUndefined()
})

it('hides what is archived until it is restored', () => {
  expect(row(life.published, life.archived)!.shown).toBe(0)
  expect(row(life.published, life.archived, life.restored)).toEqual(row(life.published))
})
