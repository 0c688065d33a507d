/**
 * What a feed contains: the newest reviews as they may be shown now, and what a feed reader should
 * take for new.
 */
import { afterEach, describe, expect, it } from 'vitest'
import { type Feed, readFeed } from '../../server/feeds/feed'
import type { Views } from '../../server/queries/tables'
import type { ReviewEvent } from '../../server/review/events'
import { shelve, viewsAfter } from '../support/shelf'

const SITE = 'https://example.org'
const OUT = '2026-11-14T11:01:17.000Z'
const LATER = '2026-11-20T09:00:00.000Z'

let views: Views | undefined
afterEach(() => views?.destroy())

async function feedAfter(events: ReviewEvent[], query = {}) {
  views = await viewsAfter(events)
  return readFeed(views, SITE, '/feed.xml', query)
}

const vienna = shelve({
  id: 'vienna',
  title: 'Everyone in Vienna',
  film: 'The Third Man',
  genres: ['Thriller'],
  rating: 5,
  publishedAt: OUT,
})
const playtime = shelve({
  id: 'tati',
  title: 'Get lost',
  film: 'Playtime',
  year: 1967,
  genres: ['Comedy', 'Film & noir'],
  rating: 4.5,
  critic: 'Tomasz',
  publishedAt: '2026-11-13T09:00:00.000Z',
})
const fixed: ReviewEvent = {
  type: 'ReviewFixed',
  data: { id: 'vienna', changes: { title: 'Everyone in Wien' }, fixedAt: LATER },
}
const corrected: ReviewEvent = {
  type: 'ReviewCorrected',
  data: { id: 'vienna', changes: { rating: 4 }, note: 'Four, not five.', correctedAt: LATER },
}
const archived: ReviewEvent = {
  type: 'ReviewArchived',
  data: { id: 'vienna', reason: 'Wrong cut.', archivedAt: LATER },
}
const restored: ReviewEvent = {
  type: 'ReviewRestored',
  data: { id: 'vienna', restoredAt: '2026-11-21T09:00:00.000Z' },
}

describe('an entry', () => {
  it('has the review in full, under its title, film and rating', async () => {
    const { entries } = await feedAfter(vienna)
    expect(entries).toMatchObject([
      {
        title: 'Everyone in Vienna: The Third Man (1949), 5',
        review: { id: 'vienna', url: `${SITE}/reviews/vienna` },
      },
    ])
    expect(entries[0]!.html).toContain('<p>Words.</p>')
    expect(entries[0]!.html).toMatch(/^<p><strong>5 of 5\. /)
  })

  it('is as old as its review', async () => {
    const { entries, updated } = await feedAfter(vienna)
    expect(entries[0]).toMatchObject({ published: new Date(OUT), updated: new Date(OUT) })
    expect(updated).toEqual(new Date(OUT))
  })

  it('does not look new after a fix, but has the new text', async () => {
    const { entries, updated } = await feedAfter([...vienna, fixed])
    expect(entries[0]).toMatchObject({ published: new Date(OUT), updated: new Date(OUT) })
    expect(entries[0]!.title).toContain('Everyone in Wien')
    expect(updated).toEqual(new Date(OUT))
  })

  it('is updated by a correction but not published anew, and says what was wrong', async () => {
    const { entries, updated } = await feedAfter([...vienna, corrected])
    expect(entries[0]).toMatchObject({ published: new Date(OUT), updated: new Date(LATER) })
    expect(entries[0]!.html).toContain('Correction, 2026-11-20.')
    expect(entries[0]!.html).toContain('Four, not five.')
    expect(updated).toEqual(new Date(LATER))
  })

  it('with spoilers says so in its title and category, and puts its text behind a notice', async () => {
    const told: ReviewEvent = {
      type: 'ReviewFixed',
      data: { id: 'vienna', changes: { spoiler: true }, fixedAt: LATER },
    }
    const [entry] = (await feedAfter([...vienna, corrected, told])).entries
    expect(entry!.title).toBe('Everyone in Vienna: The Third Man (1949), 4 (contains spoilers)')
    expect(entry!.categories).toEqual(['Thriller', 'Contains spoilers'])
    const [open, hidden] = entry!.html.split(
      '<details><summary>Contains spoilers. Show the review.</summary>',
    )
    expect(open).toMatch(/^<p><strong>4 of 5\. [^<]*<\/strong><\/p>$/)
    expect(hidden).toMatch(/Four, not five\.[\s\S]*<p>Words\.<\/p><\/details>$/)
  })

  it('disappears when its review is archived, and comes back as old as it was', async () => {
    expect((await feedAfter([...vienna, archived])).entries).toEqual([])
    const { entries } = await feedAfter([...vienna, archived, restored])
    expect(entries[0]).toMatchObject({ published: new Date(OUT), updated: new Date(OUT) })
  })
})

describe('a review that was archived', () => {
  const dayAfter = Date.parse(LATER) + 86_400_000
  const archivedIn = async (events: ReviewEvent[], query = {}, now = dayAfter) => {
    views = await viewsAfter(events)
    return readFeed(views, SITE, '/atom.xml', query, undefined, now)
  }

  it('is named with the time and the reason, and the feed does not get older', async () => {
    const feed = await archivedIn([...vienna, ...playtime, archived])
    expect(feed.archived).toEqual([{ id: 'vienna', at: new Date(LATER), reason: 'Wrong cut.' }])
    expect(feed.updated).toEqual(new Date(LATER))
  })

  it('is named in the feeds that it was in, as it was in the end', async () => {
    const events = [...vienna, ...playtime, corrected, archived]
    for (const [query, ids] of [
      [{ genre: 'thriller', critic: 'ines', minRating: 4 }, ['vienna']],
      [{ minRating: 4.5 }, []],
      [{ genre: 'comedy' }, []],
      [{ critic: 'tomasz' }, []],
    ] as const) {
      expect((await archivedIn(events, query)).archived.map(({ id }) => id)).toEqual(ids)
      await views!.destroy()
    }
    views = undefined
  })

  it('is not named after thirty days, on pages of older entries, or once it is restored', async () => {
    const events = [...vienna, archived]
    const days = (n: number) => Date.parse(LATER) + n * 86_400_000
    expect((await archivedIn(events, {}, days(29.9))).archived).toHaveLength(1)
    await views!.destroy()
    expect((await archivedIn(events, {}, days(30.1))).archived).toEqual([])
    await views!.destroy()
    expect((await archivedIn([...events, restored])).archived).toEqual([])
  })
})

describe('a feed', () => {
  it('has the newest first, at most thirty', async () => {
    const many = Array.from({ length: 31 }, (_, day) =>
      shelve({
        id: `r${day}`,
        title: `Day ${day}`,
        film: `Film ${day}`,
        publishedAt: new Date(Date.parse(OUT) + day * 86_400_000).toISOString(),
      }),
    )
    const { entries } = await feedAfter(many.flat())
    expect(entries.map(({ review }) => review.id)).toEqual(
      Array.from({ length: 30 }, (_, i) => `r${30 - i}`),
    )
  })

  it('has the older ones on its next page, each once', async () => {
    const many = Array.from({ length: 65 }, (_, n) =>
      shelve({ id: `r${n}`, title: `${n}`, film: `Film ${n}`, rating: 4, publishedAt: OUT }),
    )
    views = await viewsAfter(many.flat())
    const ids: string[] = []
    let after: string | undefined
    do {
      const feed: Feed = await readFeed(views, SITE, '/feed.xml', { minRating: 4, after })
      expect(feed.address).toBe(`${SITE}/feed.xml?minRating=4`)
      if (after) expect(feed.self).toContain(`after=${after}`)
      ids.push(...feed.entries.map(({ review }) => review.id))
      after = feed.next && new URL(feed.next).searchParams.get('after')!
    } while (after)
    expect([ids.length, new Set(ids).size]).toEqual([65, 65])
  })

  it('without entries is as old as the newest change, never of 1970', async () => {
    views = await viewsAfter([])
    expect((await readFeed(views, SITE, '/feed.xml', {}, new Date(LATER))).updated).toEqual(
      new Date(LATER),
    )
    expect((await readFeed(views, SITE, '/feed.xml', {})).updated.getFullYear()).toBeGreaterThan(
      2020,
    )
  })

  it.each<[object, string[], string, string]>([
    [{}, ['vienna', 'tati'], 'MyMovies', ''],
    [{ genre: 'comedy' }, ['tati'], 'MyMovies: comedy', '?genre=comedy'],
    [{ critic: 'tomasz' }, ['tati'], 'MyMovies: Tomasz', '?critic=tomasz'],
    [{ minRating: 5 }, ['vienna'], 'MyMovies: rated 5 or more', '?minRating=5'],
    [
      { genre: 'Film & noir', minRating: 5, critic: undefined },
      [],
      'MyMovies: Film & noir, rated 5 or more',
      '?genre=Film+%26+noir&minRating=5',
    ],
  ])('narrowed by %j has its own title and address', async (query, ids, title, search) => {
    const feed = await feedAfter([...vienna, ...playtime], query)
    expect(feed.entries.map(({ review }) => review.id)).toEqual(ids)
    expect(feed).toMatchObject({ title, self: `${SITE}/feed.xml${search}` })
  })

  it.each([{ critic: 'nobody' }, { genre: 'nosuch' }])(
    'is not found when narrowed by %j, which no review ever had',
    async query => {
      await expect(feedAfter(vienna, query)).rejects.toMatchObject({ statusCode: 404 })
    },
  )
})
