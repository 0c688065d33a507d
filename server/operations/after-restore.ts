/**
 * What keeps every part from sending old news again after the log or the ledger was replaced from
 * outside: parts are paused, and their checkpoints fit the log that is there now.
 */
import { type Kysely, sql } from 'kysely'
import type { AppTables } from '../db/schema'

/**
 * Pauses every part that ever ran and revokes the leases of processes elsewhere; parts that are
 * already paused keep their reason. A part that never ran starts at the head.
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
 * After an import into an empty log: a part that had read nothing starts after it, because nobody
 * is sent old news unasked; a part, a webhook or a subscriber of the hub that is ahead of the log goes back to its end.
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
  await app
    .updateTable('hub_subscriptions')
    .set({ position: head })
    .where('position', '>', head)
    .execute()
}

/** How many deliveries of each part are waiting, including those that were under way. */
export async function waitingByPart(
  app: Kysely<AppTables>,
): Promise<{ part: string; waiting: number }[]> {
  return app
    .selectFrom('deliveries')
    .select(e => ['reactor as part', e.fn.countAll<number>().as('waiting')])
    .where('state', 'in', ['pending', 'retry', 'sending'])
    .groupBy('reactor')
    .execute()
}
