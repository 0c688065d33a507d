/**
 * The shown reviews, newest first: what the front page, the archive, the feeds and the API read.
 */
import type { Card } from '../../shared/types/review'
import { criticSlugs } from './critic-slugs'
import { cursorAfter, readCursor } from './cursor'
import { narrowReviews, requireGenre, type ReviewFilter } from './narrow-reviews'
import type { Views } from './tables'

export interface ListQuery extends ReviewFilter {
  /** At most this many; default 20. */
  limit?: number
  /** A cursor that an earlier answer gave. */
  after?: string
}

export interface Page {
  items: Card[]
  /** The cursor for older reviews; absent at the end. */
  next?: string
}

/** Addresses in the cards are absolute. Throws a 404 for a genre or a critic that no review ever had. */
export async function latest(
  views: Views,
  siteUrl: string,
  { limit = 20, after, ...filter }: ListQuery = {},
): Promise<Page> {
  let query = (await narrowReviews(views, filter)).select(['id', 'published_at', 'card'])
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
  if (filter.genre && !rows.length) await requireGenre(views, filter.genre)
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
