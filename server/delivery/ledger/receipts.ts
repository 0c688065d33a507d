/**
 * Keeps what a send leaves behind for later events of its review: its receipt, or its progress if
 * it never finished.
 */
import { type Kysely, sql } from 'kysely'
import type { AppTables } from '../../db/schema'
import type { Receipt } from '../contract/define-reactor'

export async function saveProgress(app: Kysely<AppTables>, id: number, progress: unknown) {
  await app
    .updateTable('deliveries')
    .set({ progress: JSON.stringify(progress) })
    .where('id', '=', id)
    .execute()
}

/**
 * A part's newest receipt for each recipient of a review; for a send that never finished, the
 * `receipt` in its saved progress.
 */
export async function newestReceipts(
  app: Kysely<AppTables>,
  reactor: string,
  reviewId: string,
  recipients: string[],
): Promise<Map<string, Receipt>> {
  const receipt = sql`coalesce(receipt, json_extract(progress, '$.receipt'))`
  const { rows } = await sql<{ recipient: string; receipt: string }>`
    SELECT recipient, ${receipt} AS receipt FROM deliveries
    WHERE reactor = ${reactor} AND review_id = ${reviewId} AND ${receipt} IS NOT NULL
      AND recipient IN (SELECT value FROM json_each(${JSON.stringify(recipients)}))
    ORDER BY position`.execute(app)
  return new Map(rows.map(row => [row.recipient, JSON.parse(row.receipt)]))
}
