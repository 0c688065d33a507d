/** Reviews as cards, newest first, between two cursors: of the whole list, or of many films or critics at once. */
import type { SelectQueryBuilder } from 'kysely'
import type { Card } from '../../shared/types/review'
import { criticSlugs } from './critic-slugs'
import { readCursor } from './cursor'
import { publicCard } from './latest'
import { narrowReviews, requireGenre, type ReviewFilter } from './narrow-reviews'
import type { Views, ViewTables } from './tables'
import type { Window } from './window'

/** Throws a 404 for a genre or a critic that no review ever had, and a 422 for a foreign cursor. */
export async function reviewWindow(
  views: Views,
  siteUrl: string,
  filter: ReviewFilter,
  window: Window,
): Promise<Card[]> {
  const direction = window.inverted ? 'asc' : 'desc'
  const rows = await between(await narrowReviews(views, filter), window)
    .select('card')
    .orderBy('published_at', direction)
    .orderBy('id', direction)
    .limit(window.limit)
    .execute()
  if (filter.genre && !rows.length) await requireGenre(views, filter.genre)
  const { byId } = await criticSlugs(views)
  return rows.map(row => publicCard(row.card, siteUrl, byId))
}

/** The same window of the reviews of each film, or of each critic, in one statement; keyed by id. */
export async function reviewWindows(
  views: Views,
  siteUrl: string,
  of: { column: 'movie_id' | 'critic_id'; ids: string[] },
  window: Window,
): Promise<Map<string, Card[]>> {
  const direction = window.inverted ? 'asc' : 'desc'
  const ranked = between(await narrowReviews(views, {}), window)
    .select([`${of.column} as of`, 'card'])
    .select(eb =>
      eb.fn
        .agg<number>('row_number')
        .over(over =>
          over.partitionBy(of.column).orderBy('published_at', direction).orderBy('id', direction),
        )
        .as('rank'),
    )
    .where(of.column, 'in', of.ids)
  const rows = await views
    .selectFrom(ranked.as('ranked'))
    .select(['of', 'card'])
    .where('rank', '<=', window.limit)
    .orderBy('rank')
    .execute()
  const { byId } = await criticSlugs(views)
  const found = Map.groupBy(rows, row => row.of)
  return new Map(
    of.ids.map(id => [id, (found.get(id) ?? []).map(row => publicCard(row.card, siteUrl, byId))]),
  )
}

function between<Output>(
  query: SelectQueryBuilder<ViewTables, 'latest_reviews', Output>,
  { after, before }: Window,
) {
  const beyond = (cursor: string, comparison: '<' | '>') => {
    const { publishedAt, id } = readCursor(cursor, comparison === '<' ? 'after' : 'before')
    return query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('published_at', 'id'), comparison, tuple(publishedAt, id)),
    )
  }
  if (after) query = beyond(after, '<')
  if (before) query = beyond(before, '>')
  return query
}
