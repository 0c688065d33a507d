/** Keeping what has not left from leaving: because a review was archived, or because somebody held everything. */
import type { Kysely } from 'kysely'
import type { AppTables } from '../../db/schema'

/** Suppresses what waits for this review (of one part, if one is named). Returns how many rows. */
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

/** Suppresses what waits, and lets nothing that is being sent be tried a second time. Returns how many rows waited. */
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

/** The hold of a review that was made after an event of that time (ISO), if any. */
export const heldSince = (app: Kysely<AppTables>, reviewId: string, at: string) =>
  app
    .selectFrom('holds')
    .select('reason')
    .where('review_id', '=', reviewId)
    .where('at', '>=', Date.parse(at))
    .executeTakeFirst()

/**
 * For a part that was behind when a review was held: what it has just planned of an event from
 * before the hold does not leave either.
 */
export async function cancelIfHeld(
  app: Kysely<AppTables>,
  { reviewId, reactor, at, now }: { reviewId: string; reactor: string; at: string; now: number },
) {
  const held = await heldSince(app, reviewId, at)
  if (held) await cancelWaiting(app, { reviewId, reactor, reason: held.reason, now })
}
