/** Stops deliveries that have not left yet, because a review was archived or somebody held it. */
import type { Kysely } from 'kysely'
import type { AppTables } from '../../db/schema'

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
 * Suppresses what is waiting, and keeps what is being sent from being tried again. Returns how many
 * were waiting.
 */
export async function holdReview(
  app: Kysely<AppTables>,
  { reviewId, reason, now }: { reviewId: string; reason: string; now: number },
): Promise<number> {
  return app.transaction().execute(async tx => {
    await tx
      .insertInto('holds')
      .values({ review_id: reviewId, reason, at: now })
      .onConflict(c => c.column('review_id').doUpdateSet({ reason, at: now }))
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

/** The hold placed on a review at or after this time (ISO), if any. */
export const heldSince = (app: Kysely<AppTables>, reviewId: string, at: string) =>
  app
    .selectFrom('holds')
    .select('reason')
    .where('review_id', '=', reviewId)
    .where('at', '>=', Date.parse(at))
    .executeTakeFirst()

/**
 * For a part that was behind when a review was held: suppresses what it has just planned for an
 * event from before the hold.
 */
export async function cancelIfHeld(
  app: Kysely<AppTables>,
  { reviewId, reactor, at, now }: { reviewId: string; reactor: string; at: string; now: number },
) {
  const held = await heldSince(app, reviewId, at)
  if (held) await cancelWaiting(app, { reviewId, reactor, reason: held.reason, now })
}
