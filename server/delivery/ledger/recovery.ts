/**
 * Repairs a part's rows in the ledger when it takes the lease: interrupted sends, waits that are
 * now pointless, clocks that jumped.
 */
import { type Kysely, sql } from 'kysely'
import type { AppTables } from '../../db/schema'
import { WAITING } from './delivery-row'

/**
 * Sends that an earlier holder of the lease began and never recorded are due again; the interrupted
 * attempt does not count.
 */
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
 * A part that could not send (wrong credentials) may have been fixed before this restart, so its
 * waiting deliveries are tried at once.
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

/**
 * Makes nothing due later than `latest` (ms), so that a clock that jumped back cannot strand a row.
 */
export async function clampDueTimes(app: Kysely<AppTables>, reactor: string, latest: number) {
  await app
    .updateTable('deliveries')
    .set({ due_at: latest })
    .where('reactor', '=', reactor)
    .where('state', 'in', WAITING)
    .where('due_at', '>', latest)
    .execute()
}
