/** What the public may read, from read models built by the real projections. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { criticAt, listCritics } from '../../server/queries/critics'
import { countShown, latest } from '../../server/queries/latest'
import { listGenres, listMovies, movieById } from '../../server/queries/movies'
import { newestChange } from '../../server/queries/newest-change'
import { reviewBySlugOrId } from '../../server/queries/review'
import { search } from '../../server/queries/search'
import { allForSitemap } from '../../server/queries/sitemap'
import type { Views } from '../../server/queries/tables'
import { shelve, viewsAfter } from '../support/shelf'

const SITE = 'https://example.org'
let views: Views
const ids = (page: { items: { id: string }[] }) => page.items.map(card => card.id)

beforeAll(async () => {
  views = await viewsAfter([
    ...shelve({
      id: 'vienna',
      title: 'Everyone in Vienna is selling something',
      film: 'The Third Man',
      genres: ['Thriller'],
      rating: 5,
      publishedAt: '2026-11-14T11:01:17Z',
      text: 'A zither should be a disaster.',
    }),
    ...shelve({
      id: 'tati',
      title: 'Get lost, says Tati',
      film: 'Playtime',
      year: 1967,
      genres: ['Comedy', 'Drama'],
      rating: 4.5,
      critic: 'Tomasz',
      publishedAt: '2026-11-13T09:00:00Z',
    }),
    ...shelve({
      id: 'twins',
      title: 'The same second',
      film: 'Twins',
      year: 1988,
      rating: 2,
      publishedAt: '2026-11-13T09:00:00Z',
    }),
    ...shelve({
      id: 'zeppelin',
      title: 'A balloon goes up',
      film: 'Zeppelin',
      year: 1971,
      genres: ['Sci-Fi'],
      rating: 1,
      publishedAt: '2026-11-12T09:00:00Z',
    }),
    ...shelve({
      id: 'gone',
      title: 'The wrong cut',
      film: 'Gone Cut',
      year: 2024,
      rating: 0.5,
      publishedAt: '2026-11-15T09:00:00Z',
    }),
    {
      type: 'ReviewArchived',
      data: {
        id: 'gone',
        reason: 'I had reviewed the wrong cut.',
        archivedAt: '2026-11-16T09:00:00Z',
      },
    },
    {
      type: 'ReviewDrafted',
      data: {
        id: 'draft',
        critic: { id: 'ines', name: 'Ines' },
        draftedAt: '2026-11-16T10:00:00Z',
      },
    },
    {
      type: 'ReviewCorrected',
      data: {
        id: 'tati',
        changes: { rating: 4 },
        note: 'The rating was a slip.',
        correctedAt: '2026-11-17T08:00:00Z',
      },
    },
  ])
})
afterAll(() => views.destroy())

describe('the latest reviews', () => {
  it('come newest first, without drafts and archived ones, with absolute addresses', async () => {
    const page = await latest(views, SITE)
    expect(ids(page)).toEqual(['vienna', 'twins', 'tati', 'zeppelin'])
    expect(page.items[0]!.url).toBe('https://example.org/reviews/vienna')
    expect(page.next).toBeUndefined()
    expect(await countShown(views)).toBe(4)
  })
  it('are paged without losing any, even within one second', async () => {
    const first = await latest(views, SITE, { limit: 2 })
    const second = await latest(views, SITE, { limit: 2, after: first.next })
    expect([...ids(first), ...ids(second)]).toEqual(['vienna', 'twins', 'tati', 'zeppelin'])
    expect(second.next).toBeUndefined()
  })
  it.each([
    [{ genre: 'comedy' }, ['tati']],
    [{ genre: 'Drama' }, ['twins', 'tati']],
    [{ critic: 'tomasz' }, ['tati']],
    [{ minRating: 4 }, ['vienna', 'tati']],
    [{ q: 'zither disas' }, ['vienna']],
    [{ q: 'zither nowhere' }, []],
    [{ q: '"' }, []],
    [{ q: 'NEAR(' }, []],
    [{ genre: 'Drama', minRating: 3 }, ['tati']],
    [{ critic: 'Tomasz' }, ['tati']],
    [{ genre: 'SCI FI' }, ['zeppelin']],
  ])('narrow down by %j', async (query, expected) =>
    expect(ids(await latest(views, SITE, query))).toEqual(expected),
  )
  it.each([{ genre: 'Nosuch' }, { critic: 'nobody' }])(
    'are not found by %j, which no review ever had',
    async query => {
      await expect(latest(views, SITE, query)).rejects.toMatchObject({ statusCode: 404 })
    },
  )
  it.each(['x', '', Buffer.from("2026~' OR 1=1").toString('base64url')].filter(Boolean))(
    'refuse the cursor %s',
    async after => {
      await expect(latest(views, SITE, { after })).rejects.toMatchObject({
        statusCode: 422,
        errors: [{ path: 'after' }],
      })
    },
  )
  it('know the newest change that the public can see', async () => {
    const at = new Date('2026-11-17T08:00:00Z')
    expect(await newestChange(views)).toEqual({ position: 13, at, ambiguous: false })
  })
  it('do not change with what happens in private', async () => {
    const [drafted, published] = shelve({
      id: 'a',
      title: 'A',
      film: 'A',
      publishedAt: '2026-11-14T11:01:17Z',
    })
    const later = { ...drafted!.data, id: 'b' }
    const secret = await viewsAfter([
      drafted!,
      published!,
      { type: 'ReviewDrafted', data: later as never },
    ])
    expect((await newestChange(secret)).position).toBe(2)
    await secret.destroy()
  })
})

describe('one review', () => {
  it('is found by slug and by id, corrected, with its notes', async () => {
    const found = await reviewBySlugOrId(views, SITE, 'tati')
    expect(found?.review).toMatchObject({
      rating: 4,
      correctedAt: '2026-11-17T08:00:00Z',
      corrections: [{ note: 'The rating was a slip.' }],
      url: 'https://example.org/reviews/tati',
    })
  })
  it('keeps its reason, not its text, once archived', async () => {
    const found = await reviewBySlugOrId(views, SITE, 'gone')
    expect(found).toEqual({
      archived: {
        id: 'gone',
        slug: 'gone',
        url: 'https://example.org/reviews/gone',
        withdrawn: true,
        headline: expect.any(String),
        movie: expect.objectContaining({ title: expect.any(String) }),
        critic: expect.objectContaining({ name: expect.any(String) }),
        reason: 'I had reviewed the wrong cut.',
        publishedAt: '2026-11-15T09:00:00Z',
        archivedAt: '2026-11-16T09:00:00Z',
      },
    })
  })
  it.each(['draft', 'nothing', ''])('is not found: %j', async name =>
    expect(await reviewBySlugOrId(views, SITE, name)).toBeUndefined(),
  )
})

describe('films, critics, genres', () => {
  it('lists films by title, ignoring the article', async () => {
    expect((await listMovies(views)).map(movie => movie.title)).toEqual([
      'Playtime',
      'The Third Man',
      'Twins',
      'Zeppelin',
    ])
    expect((await listMovies(views))[0]).toEqual({
      id: 'playtime-1967',
      title: 'Playtime',
      year: 1967,
      genres: ['Comedy', 'Drama'],
      reviews: 1,
      rating: 4,
    })
  })
  it('knows a film only while a review of it is shown', async () => {
    expect(await movieById(views, SITE, 'zeppelin-1971')).toMatchObject({
      title: 'Zeppelin',
      reviews: [{ id: 'zeppelin' }],
    })
    expect(await movieById(views, SITE, 'gone-cut-2024')).toBeUndefined()
  })
  it('lists critics, the one of the newest review first', async () => {
    expect(await listCritics(views)).toEqual([
      { id: 'ines', slug: 'ines', name: 'Ines', reviews: 3, newest: '2026-11-14T11:01:17Z' },
      { id: 'tomasz', slug: 'tomasz', name: 'Tomasz', reviews: 1, newest: '2026-11-13T09:00:00Z' },
    ])
    await expect(criticAt(views, 'nobody')).rejects.toMatchObject({ statusCode: 404 })
  })
  it('counts genres', async () =>
    expect(await listGenres(views)).toEqual([
      { genre: 'Drama', reviews: 2 },
      { genre: 'Comedy', reviews: 1 },
      { genre: 'Sci-Fi', reviews: 1 },
      { genre: 'Thriller', reviews: 1 },
    ]))
  it('has every public address once in the sitemap', async () => {
    const paths = (await allForSitemap(views)).map(place => place.path)
    expect(new Set(paths).size).toBe(paths.length)
    expect(paths).toEqual(
      expect.arrayContaining([
        '/',
        '/reviews/vienna',
        '/movies/playtime-1967',
        '/critics/tomasz',
        '/genres/sci-fi',
      ]),
    )
    expect(paths).not.toContain('/reviews/gone')
  })
})

describe('search', () => {
  it('finds words of the text, the film and the critic', async () => {
    for (const q of ['zither', 'third man', 'VIENNA', 'ines 1949'])
      expect(ids(await search(views, SITE, q))).toContain('vienna')
  })
  it('offers the word that was perhaps meant', async () => {
    expect(await search(views, SITE, 'zepelin')).toEqual({
      items: [],
      meant: { word: 'Zeppelin', reviews: 1 },
    })
    expect(await search(views, SITE, 'qqqqqqqq')).toEqual({ items: [], meant: undefined })
  })
})
