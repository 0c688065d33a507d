/** The reviews that were archived lately: what whoever follows a feed has to take down. */
import { sql } from 'kysely'
import { archivedNotice } from '../review/public-review'
import type { ReviewState } from '../review/review'
import { narrowedBy, type Narrowing } from './narrow-reviews'
import type { Views } from './tables'

export interface ArchivedEntry {
  id: string
  at: Date
  reason: string
}

/** Whoever polls less often than this reads the feed anew. */
const LATELY_MS = 30 * 24 * 3600_000
const MOST = 100

/** Newest first, narrowed as they were when they were archived. `now` in ms. */
export async function newlyArchived(
  views: Views,
  narrowing: Narrowing,
  now: number,
): Promise<ArchivedEntry[]> {
  const since = new Date(now - LATELY_MS).toISOString()
  const archivedAt = sql<string>`json_extract(reviews.state, '$.archived.at')`
  const rows = await views
    .selectFrom('latest_reviews')
    .innerJoin('reviews', 'reviews.id', 'latest_reviews.id')
    .select('reviews.state')
    .where('reviews.status', '=', 'archived')
    .where(await narrowedBy(views, narrowing))
    .where(archivedAt, '>=', since)
    .orderBy(archivedAt, 'desc')
    .limit(MOST)
    .execute()
  return rows.flatMap(({ state }) => {
    const notice = archivedNotice(JSON.parse(state) as ReviewState, '')
    return notice ? [{ id: notice.id, at: new Date(notice.archivedAt), reason: notice.reason }] : []
  })
}
