/**
 * When the log or the ledger was put in place from outside, no part sends by itself: an older ledger
 * must not tell everybody again.
 */
import { type Kysely, sql } from 'kysely'
import type { AppTables } from '../db/schema'

/**
 * Pauses every part that ever ran, those that are paused already keep their reason, and takes away
 * leases of processes elsewhere. A part that never ran starts at the head.
 */
export async function pauseEveryPart(app: Kysely<AppTables>, reason: string, now: number) {
  await app.updateTable('consumers').set({ lease_owner: null, lease_until: 0 }).execute()
  await app
    .updateTable('consumers')
    .set({ paused: 1, pause_reason: reason, updated_at: now })
    .where('paused', '=', 0)
    .execute()
}

/**
 * After an import into an empty log: a part that had read nothing begins behind it, because nobody
 * is told old news unasked; a part or webhook that is further than the log goes back to its end.
 */
export async function capCheckpoints(app: Kysely<AppTables>, head: number) {
  await app
    .updateTable('consumers')
    .set({
      checkpoint: sql`CASE checkpoint WHEN 0 THEN ${head} ELSE min(checkpoint, ${head}) END`,
      plan_cursor: '',
    })
    .execute()
  await app.updateTable('webhooks').set({ position: head }).where('position', '>', head).execute()
}

/** How many deliveries of each part wait, those included that were under way. */
export async function waiting(
  app: Kysely<AppTables>,
): Promise<{ part: string; waiting: number }[]> {
  return app
    .selectFrom('deliveries')
    .select(e => ['reactor as part', e.fn.countAll<number>().as('waiting')])
    .where('state', 'in', ['pending', 'retry', 'sending'])
    .groupBy('reactor')
    .execute()
}
