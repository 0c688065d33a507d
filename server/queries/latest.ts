/**
 * The shown reviews, newest first: what the front page, the archive, the feeds and the API read.
 */
import { sql } from 'kysely'
import { genreKey } from '../../shared/genre-key'
import type { Card } from '../../shared/types/review'
import { problem } from '../http/problem'
import { matching } from '../read-models/full-text'
import { criticIdOf, criticSlugs } from './critic-slugs'
import { cursorAfter, readCursor } from './cursor'
import type { Views } from './tables'
import { textQuery, typedTerms } from './text-query'

export interface ListQuery {
  /** At most this many; default 20. */
  limit?: number
  /** A cursor that an earlier answer gave. */
  after?: string
  genre?: string
  /** An id or a slug. */
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

/** Addresses in the cards are absolute. Throws a 404 for a genre or a critic that no review ever had. */
export async function latest(
  views: Views,
  siteUrl: string,
  { limit = 20, after, genre, critic, movie, minRating, q }: ListQuery = {},
): Promise<Page> {
  let query = views
    .selectFrom('latest_reviews')
    .select(['id', 'published_at', 'card'])
    .where('shown', '=', 1)
  if (critic) query = query.where('critic_id', '=', await criticIdOf(views, critic))
  if (movie) query = query.where('movie_id', '=', movie)
  if (minRating) query = query.where('rating', '>=', minRating)
  if (genre) query = query.where(hasGenre(genre))
  if (q)
    query = query.where(
      'id',
      'in',
      await matching(views, 'search', textQuery(typedTerms(q), true), MOST_MATCHES),
    )
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
  if (genre && !rows.length && !(await genreExists(views, genre))) noSuchGenre()
  const { byId } = await criticSlugs(views)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(row => publicCard(row.card, siteUrl, byId)),
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

/** A stored card has only a path, before which the site's address is put, and not the critic's. */
export function publicCard(
  json: string,
  siteUrl: string,
  criticSlugs: ReadonlyMap<string, string>,
): Card {
  const card: Card = JSON.parse(json)
  const critic = { ...card.critic, slug: criticSlugs.get(card.critic.id) }
  return { ...card, critic, url: siteUrl + card.url }
}

const hasGenre = (genre: string) =>
  sql<boolean>`EXISTS (SELECT 1 FROM json_each(genre_keys) WHERE value = ${genreKey(genre)})`

/** Whether any review ever had this genre, in whatever spelling. */
export async function genreExists(views: Views, genre: string): Promise<boolean> {
  const row = await views
    .selectFrom('latest_reviews')
    .select('id')
    .where(hasGenre(genre))
    .executeTakeFirst()
  return row !== undefined
}

const noSuchGenre = () => problem(404, 'No such genre', 'No review has had this genre.')
