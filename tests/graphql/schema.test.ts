/** What can be asked, over read models built by the real projections. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Views } from '../../server/queries/tables'
import { askGraphql, SITE } from '../support/graphql'
import { shelve, viewsAfter } from '../support/shelf'

let views: Views
const many = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => from + i).flatMap(n =>
    shelve({
      id: `r${n}`,
      title: `Review ${n}`,
      film: `Film ${n % 7}`,
      genres: n % 2 ? ['Drama'] : ['Comedy', 'Film Noir'],
      rating: (n % 11) / 2,
      critic: n % 3 ? 'Ines' : 'Tomasz',
      publishedAt: new Date(Date.UTC(2026, 0, 1 + n)).toISOString(),
      text: `Words of *${n}*.`,
    }),
  )

beforeAll(async () => {
  views = await viewsAfter([
    ...many(0, 60),
    ...shelve({ id: 'gone', title: 'Gone', film: 'Gone', publishedAt: '2026-11-15T09:00:00Z' }),
    {
      type: 'ReviewArchived',
      data: { id: 'gone', reason: 'The wrong cut.', archivedAt: '2026-11-16T09:00:00Z' },
    },
    {
      type: 'ReviewDrafted',
      data: {
        id: 'draft',
        critic: { id: 'zoe', name: 'Zoe' },
        draftedAt: '2026-11-16T10:00:00Z',
      },
    },
  ])
})
afterAll(() => views.destroy())

const ask = (source: string, variables?: Record<string, unknown>) =>
  askGraphql(views, source, variables)

describe('a review', () => {
  it('is found by id or slug, with what was asked for and nothing else', async () => {
    const { data } = await ask(
      '{ review(id: "r59") { id url title body html movie { title } critic { slug url } } }',
    )
    expect(data.review).toEqual({
      id: 'r59',
      url: `${SITE}/reviews/r59`,
      title: 'Review 59',
      body: 'Words of *59*.',
      html: '<p>Words of *59*.</p>',
      movie: { title: 'Film 3' },
      critic: { slug: 'ines', url: `${SITE}/critics/ines` },
    })
  })

  it('that was archived is an error with the reason, and in no list', async () => {
    const { data, errors } = await ask(
      '{ review(id: "gone") { id } movie(id: "gone-1949") { id } }',
    )
    expect(data).toEqual({ review: null, movie: null })
    expect(errors).toEqual(['The wrong cut.'])
    const list = await ask('{ reviews(first: 100) { nodes { id } } }')
    expect(list.data.reviews.nodes).toHaveLength(60)
  })

  it('that is a draft, or none, is null', async () => {
    const { data, errors } = await ask(
      '{ a: review(id: "draft") { id } b: review(id: "none") { id } c: critic(id: "zoe") { id } d: critic(id: "x") { id } }',
    )
    expect(data).toEqual({ a: null, b: null, c: null, d: null })
    expect(errors).toBeUndefined()
  })
})

describe('filters', () => {
  it.each([
    ['genre: "film noir"', 30],
    ['critic: "tomasz"', 20],
    ['movie: "film-3-1949"', 9],
    ['minRating: 4.5', 10],
    ['q: "review 59"', 1],
    ['critic: "Tomasz", genre: "Drama", minRating: 2.5', 5],
    ['genre: null, critic: "", q: " "', 60],
  ])('%s', async (filter, count) => {
    const { data } = await ask(
      `{ reviews(${filter}, first: 100) { nodes { id } } ratings(${filter}) { count } }`,
    )
    expect(data.reviews.nodes).toHaveLength(count)
    expect(data.ratings.count).toBe(count)
  })

  it.each([
    ['reviews(genre: "Western") { nodes { id } }', 'No review has had this genre.'],
    ['ratings(critic: "nobody") { count }', /No critic/],
    ['reviews(minRating: 4.2) { nodes { id } }', /^minRating/],
    ['reviews(minRating: -1) { nodes { id } }', /^minRating/],
    ['reviews(first: 0) { nodes { id } }', 'first must be 1 to 100.'],
    ['reviews(first: -5) { nodes { id } }', 'first must be 1 to 100.'],
    ['reviews(last: 101) { nodes { id } }', 'last must be 1 to 100.'],
    ['reviews(first: 1, last: 1) { nodes { id } }', /^last cannot/],
    ['reviews(after: "x") { nodes { id } }', /^after must be the cursor/],
    ['reviews(before: "eA==") { nodes { id } }', /^before must be the cursor/],
    [`reviews(q: "${'x'.repeat(201)}") { nodes { id } }`, /^q /],
    [`search(q: "${'x'.repeat(201)}") { items { excerpt { text } } }`, /^q /],
  ])('%s is refused', async (field, message) => {
    const { data, errors } = await ask(`{ ${field} }`)
    expect(errors).toEqual([expect.stringMatching(message)])
    expect(Object.values(data)).toEqual([null])
  })
})

describe('ratings, genres and search', () => {
  it('count what is shown', async () => {
    const { data } = await ask(`{
      ratings { count average distribution { rating reviews } }
      genres { name reviewCount }
      search(q: "rev") { items { review { id } excerpt { text matches } } }
      typo: search(q: "reviwe") { items { review { id } } meant { word } }
    }`)
    expect(data.ratings.count).toBe(60)
    expect(data.ratings.average).toBe(2.375)
    expect(data.ratings.distribution[0]).toEqual({ rating: 5, reviews: 5 })
    expect(data.genres).toEqual([
      { name: 'Comedy', reviewCount: 30 },
      { name: 'Drama', reviewCount: 30 },
      { name: 'Film Noir', reviewCount: 30 },
    ])
    expect(data.search.items[0].excerpt).toContainEqual({ text: 'Review', matches: true })
    expect(data.typo).toEqual({ items: [], meant: { word: 'Review' } })
  })
})

describe('a list', () => {
  const EVERYTHING = `query ($first: Int) {
    reviews(first: $first) { nodes {
      id title body html tags fixedAt corrections { at }
      movie { title genres director rating reviewCount reviews(first: 3) { nodes { id body } } }
      critic { name url reviewCount newestReviewAt reviews(last: 2) { nodes { id } } }
    } }
  }`

  it('takes no more statements for fifty reviews than for two', async () => {
    const few = await ask(EVERYTHING, { first: 2 })
    const many = await ask(EVERYTHING, { first: 50 })
    expect(many.errors).toBeUndefined()
    expect(many.data.reviews.nodes).toHaveLength(50)
    expect(many.statements).toBeLessThanOrEqual(few.statements)
    expect(many.statements).toBeLessThan(20)
  })

  it.each(['movies', 'critics'])('of %s takes as many statements for each size', async list => {
    const query = (first: number) =>
      ask(
        `{ ${list}(first: ${first}) { nodes { id reviewCount url reviews(first: 2) { nodes { id } } } } }`,
      )
    const [few, many] = [await query(1), await query(100)]
    expect(many.errors).toBeUndefined()
    expect(many.data[list].nodes.length).toBeGreaterThan(1)
    expect(many.statements).toBeLessThanOrEqual(few.statements)
  })

  it('of cards takes one statement, and two for the addresses of critics', async () => {
    const { statements } = await ask(
      '{ reviews { nodes { id title summary rating movie { id title year } critic { id name slug } } } }',
    )
    expect(statements).toBe(3)
  })

  it('within a list has the reviews of each, in order', async () => {
    const { data } = await ask(`{ reviews(first: 7) { nodes {
      movie { id reviews(first: 2) { nodes { id movie { id } } pageInfo { hasNextPage } } }
    } } }`)
    for (const { movie } of data.reviews.nodes) {
      const [first, second] = movie.reviews.nodes
      expect(movie.reviews.pageInfo.hasNextPage).toBe(true)
      expect([first.movie.id, second.movie.id]).toEqual([movie.id, movie.id])
      expect(Number(first.id.slice(1)) - Number(second.id.slice(1))).toBe(7)
    }
  })
})
