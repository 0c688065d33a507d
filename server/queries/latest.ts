/**
 * The shown reviews, newest first: what the front page, the archive, the feeds and the API read.
 */
import { sql } from 'kysely'
import type { Card } from '../../shared/types/review'
import { matching } from '../read-models/full-text'
import { cursorAfter, readCursor } from './cursor'
import type { Views } from './tables'
import { textQuery } from './text-query'

export interface ListQuery {
  /** At most this many; default 20. */
  limit?: number
  /** A cursor that an earlier answer gave. */
  after?: string
  genre?: string
  critic?: string
  movie?: string
  /** 0 to 5 in halves. */
  minRating?: number
  /** Words that must all occur. */
  q?: string
}

export interface Page {
  items: Card[]
  /** The cursor for older reviews; absent at the end. */
  next?: string
}

const MOST_MATCHES = 1000

/** Addresses in the cards are absolute. */
export async function latest(
  views: Views,
  siteUrl: string,
  { limit = 20, after, genre, critic, movie, minRating, q }: ListQuery = {},
): Promise<Page> {
  let query = views
    .selectFrom('latest_reviews')
    .select(['id', 'published_at', 'card'])
    .where('shown', '=', 1)
  if (critic) query = query.where('critic_id', '=', critic)
  if (movie) query = query.where('movie_id', '=', movie)
  if (minRating) query = query.where('rating', '>=', minRating)
  if (genre)
    query = query.where(
      sql<boolean>`EXISTS (SELECT 1 FROM json_each(genres) WHERE value = ${genre} COLLATE NOCASE)`,
    )
  if (q)
    query = query.where('id', 'in', await matching(views, 'search', textQuery(q), MOST_MATCHES))
  const from = after ? readCursor(after) : undefined
  if (from)
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('published_at', 'id'), '<', tuple(from.publishedAt, from.id)),
    )
  const rows = await query
    .orderBy('published_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(row => publicCard(row.card, siteUrl)),
    ...(rows.length > limit && last && { next: cursorAfter(last.published_at, last.id) }),
  }
}

export async function countShown(views: Views): Promise<number> {
  const { count } = await views
    .selectFrom('latest_reviews')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where('shown', '=', 1)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** A stored card has only a path; the site's address is put before it. */
export function publicCard(json: string, siteUrl: string): Card {
  const card: Card = JSON.parse(json)
  return { ...card, url: siteUrl + card.url }
}
