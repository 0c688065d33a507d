/** Stops deliveries that have not left yet, and lets go of them again. */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { AppTables } from '../../db/schema'
import { WAITING } from './delivery-row'

/**
 * Suppresses this review's waiting deliveries (only those of one part, if it is named). Returns how
 * many.
 */
export async function cancelWaiting(
  app: Kysely<AppTables>,
  where: { reviewId: string; reactor?: string; reason: string; now: number },
): Promise<number> {
  const done = await app
    .updateTable('deliveries')
    .set({ state: 'suppressed', reason: where.reason, updated_at: where.now })
    .where('review_id', '=', where.reviewId)
    .where('state', 'in', ['pending', 'retry'])
    .$if(where.reactor !== undefined, q => q.where('reactor', '=', where.reactor!))
    .executeTakeFirst()
  return Number(done.numUpdatedRows)
}

/**
 * Suppresses what is waiting, and keeps what is being sent from being tried again. Events after
 * `position` are not held. Returns how many were waiting.
 */
export async function holdReview(
  app: Kysely<AppTables>,
  {
    reviewId,
    position,
    reason,
    now,
  }: { reviewId: string; position: number; reason: string; now: number },
): Promise<number> {
  return app.transaction().execute(async tx => {
    await tx
      .insertInto('holds')
      .values({ review_id: reviewId, position, reason, at: now })
      .onConflict(c => c.column('review_id').doUpdateSet({ position, reason, at: now }))
      .execute()
    await tx
      .updateTable('deliveries')
      .set({ state: 'uncertain', reason, updated_at: now })
      .where('review_id', '=', reviewId)
      .where('state', '=', 'sending')
      .execute()
    return cancelWaiting(tx, { reviewId, reason, now })
  })
}

/**
 * Ends a hold. A send that was under way goes on if the process that made it still holds the lease;
 * otherwise it is due again, with the same key.
 */
export async function endHold(tx: Transaction<AppTables>, reviewId: string, now: number) {
  await tx.deleteFrom('holds').where('review_id', '=', reviewId).execute()
  await sql`
    UPDATE deliveries SET reason = NULL, due_at = ${now}, updated_at = ${now},
      state = CASE WHEN claim = (SELECT name || ':' || fence FROM consumers WHERE name = reactor)
        THEN 'sending' ELSE 'retry' END
    WHERE review_id = ${reviewId} AND state = 'uncertain' AND claim IS NOT NULL`.execute(tx)
}

/**
 * Makes due what waits for the undo window or for its next attempt; digests and quiet hours keep
 * their time. `heldUntil` (ms) is the end of the event's window. Returns how many.
 */
export async function endWaits(
  app: Kysely<AppTables>,
  { reviewId, position, heldUntil, now }: EventWait,
): Promise<number> {
  const done = await app
    .updateTable('deliveries')
    .set({ due_at: now, updated_at: now })
    .where('review_id', '=', reviewId)
    .where('position', '=', position)
    .where('state', 'in', WAITING)
    .where('bundle', 'is', null)
    .where('due_at', '>', now)
    .where(sql<boolean>`(state = 'retry' OR due_at <= max(created_at, ${heldUntil}))`)
    .executeTakeFirst()
  return Number(done.numUpdatedRows)
}

interface EventWait {
  reviewId: string
  position: number
  heldUntil: number
  now: number
}

/** The hold that covers a review's event at this position, if any. */
const holdOn = (app: Kysely<AppTables>, reviewId: string, position: number) =>
  app
    .selectFrom('holds')
    .select('reason')
    .where('review_id', '=', reviewId)
    .where('position', '>=', position)
    .executeTakeFirst()

/**
 * For a part that was behind when a review was held: suppresses what it has just planned for an
 * event from before the hold.
 */
export async function cancelIfHeld(
  app: Kysely<AppTables>,
  {
    reviewId,
    reactor,
    position,
    now,
  }: { reviewId: string; reactor: string; position: number; now: number },
) {
  const held = await holdOn(app, reviewId, position)
  if (held) await cancelWaiting(app, { reviewId, reactor, reason: held.reason, now })
}
