/**
 * Lists dead letters, the deliveries that we gave up on, and lets somebody send them again or skip
 * them.
 */
import { type Kysely, sql } from 'kysely'
import type { AppTables } from '../../db/schema'

export interface DeadLetter {
  id: number
  part: string
  reviewId: string
  type: string
  recipient: string
  reason: string
  attempts: number
  at: string
}

/** Newest first. */
export async function deadLetters(app: Kysely<AppTables>, limit = 500): Promise<DeadLetter[]> {
  const rows = await app
    .selectFrom('deliveries')
    .select(['id', 'reactor', 'review_id', 'type', 'recipient', 'reason', 'attempts', 'updated_at'])
    .where('state', '=', sql.lit('dead' as const))
    .orderBy('updated_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map(row => ({
    id: row.id,
    part: row.reactor,
    reviewId: row.review_id,
    type: row.type,
    recipient: row.recipient,
    reason: row.reason ?? '',
    attempts: row.attempts,
    at: new Date(row.updated_at).toISOString(),
  }))
}

/**
 * Sends a dead letter again, from its first attempt. `words` replace the critic's for this
 * delivery; an empty text asks for the part's own. False when it is not dead (any more).
 */
export async function redrive(
  app: Kysely<AppTables>,
  id: number,
  now: number,
  words?: string,
): Promise<boolean> {
  const done = await app
    .updateTable('deliveries')
    .set({
      state: 'retry',
      attempts: 0,
      reason: null,
      due_at: now,
      updated_at: now,
      ...(words !== undefined && { text: words }),
    })
    .where('id', '=', id)
    .where('state', '=', 'dead')
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** Sends every dead letter again, or those of one part or one review. Returns how many. */
export async function redriveAll(
  app: Kysely<AppTables>,
  { reviewId, part }: { reviewId?: string; part?: string },
  now: number,
): Promise<number> {
  const done = await app
    .updateTable('deliveries')
    .set({ state: 'retry', attempts: 0, reason: null, due_at: now, updated_at: now })
    .where('state', '=', sql.lit('dead' as const))
    .$if(reviewId !== undefined, q => q.where('review_id', '=', reviewId!))
    .$if(part !== undefined, q => q.where('reactor', '=', part!))
    .executeTakeFirst()
  return Number(done.numUpdatedRows)
}

/**
 * Gives up on a dead letter for good: it stays in the ledger, with the reason. False when it is not
 * dead (any more).
 */
export async function skip(
  app: Kysely<AppTables>,
  id: number,
  reason: string,
  now: number,
): Promise<boolean> {
  const done = await app
    .updateTable('deliveries')
    .set({ state: 'suppressed', reason: `skipped: ${reason}`, updated_at: now })
    .where('id', '=', id)
    .where('state', '=', 'dead')
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}
