/**
 * Reviews with events that a read model could not process; they wait until it is rebuilt by code
 * that can.
 */
import { sql } from 'kysely'
import { isShown } from '../read-models/views'
import type { Views } from './tables'

export async function parkedInViews(
  views: Views,
): Promise<{ part: string; reviewId: string; position: number; reason: string; behind: number }[]> {
  // With one min(), SQLite takes bare columns from the row that has it.
  const rows = await views
    .selectFrom('parked')
    .select(['projection', 'review_id', 'reason'])
    .select(eb => [eb.fn.min('position').as('position'), sql<number>`count(*) - 1`.as('behind')])
    .where(isShown('projection'))
    .groupBy(['projection', 'review_id'])
    .orderBy('position')
    .limit(200)
    .execute()
  return rows.map(({ projection, review_id, ...row }) => ({
    part: projection.replace(/_v\d+$/, ''),
    reviewId: review_id,
    ...row,
  }))
}
