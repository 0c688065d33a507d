/**
 * What a part puts right in the ledger when it takes the lease: cut sends, waits that are pointless
 * now, clocks that jumped.
 */
import { type Kysely, sql } from 'kysely'
import type { AppTables } from '../../db/schema'
import { WAITING } from './delivery-row'

/** Sends that an earlier holder of the lease began and never recorded are due again; the cut attempt does not count. */
export async function reclaimInterrupted(
  app: Kysely<AppTables>,
  reactor: string,
  claim: string,
  now: number,
) {
  await app
    .updateTable('deliveries')
    .set({ state: 'retry', claim: null, due_at: now, updated_at: now })
    .where('reactor', '=', reactor)
    .where('state', '=', sql.lit('sending' as const))
    .where('claim', '!=', claim)
    .execute()
}

/**
 * A part that could not send (wrong credentials) may have been repaired before it started again:
 * what waits is tried at once.
 */
export async function retryAfterRepair(app: Kysely<AppTables>, reactor: string, now: number) {
  await app
    .updateTable('deliveries')
    .set({ due_at: now })
    .where('reactor', '=', reactor)
    .where('state', '=', 'retry')
    .where('due_at', '>', now)
    .where(e =>
      e.exists(
        e
          .selectFrom('consumers')
          .select('name')
          .where('name', '=', reactor)
          .where('stopped', 'is not', null),
      ),
    )
    .execute()
}

/** A clock that jumped back must not strand a row: nothing is due later than `latest` (ms). */
export async function clampDueTimes(app: Kysely<AppTables>, reactor: string, latest: number) {
  await app
    .updateTable('deliveries')
    .set({ due_at: latest })
    .where('reactor', '=', reactor)
    .where('state', 'in', WAITING)
    .where('due_at', '>', latest)
    .execute()
}
