/**
 * Repairs a part's rows in the ledger when it takes the lease: interrupted sends, waits that are
 * now pointless, clocks that jumped.
 */
import { type Kysely, sql } from 'kysely'
import type { AppTables } from '../../db/schema'
import { WAITING } from './delivery-row'

/** How long the process that held the lease before has to record what it sent. */
const LAST_WORDS_MS = 5000

/**
 * Sends that an earlier holder of the lease began and never recorded are due again; the interrupted
 * attempt does not count. A holder that may still live is given time to record them.
 */
export async function reclaimInterrupted(
  app: Kysely<AppTables>,
  reactor: string,
  claim: string,
  { now, mayLive }: { now: number; mayLive: boolean },
) {
  await app
    .updateTable('deliveries')
    .set({
      state: 'retry',
      claim: null,
      due_at: mayLive ? now + LAST_WORDS_MS : now,
      updated_at: now,
    })
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

/** Makes nothing due later than `latest` (ms), however wrong the clock once was. */
export async function clampDueTimes(app: Kysely<AppTables>, reactor: string, latest: number) {
  await app
    .updateTable('deliveries')
    .set({ due_at: latest })
    .where('reactor', '=', reactor)
    .where('state', 'in', WAITING)
    .where('due_at', '>', latest)
    .execute()
}

/**
 * After the clock was set back: what was due before (at `from`, ms) is due still, and what waited
 * for a span of time waits no longer than that span from now on. What waits for an hour of its
 * reader's day (a digest, the end of quiet hours) waits for it. `from` is unknown if it happened
 * while nobody was running. Safe to repeat.
 */
export async function afterSetBack(
  app: Kysely<AppTables>,
  reactor: string,
  { from, now, holdMs }: { from?: number; now: number; holdMs: number },
) {
  const isSpan = sql<boolean>`(bundle IS NULL
    AND (state = 'retry' OR due_at <= max(created_at, updated_at) + ${holdMs}))`
  const rest = sql<number>`${now} + max(0, due_at - updated_at)`
  const waiting = app
    .updateTable('deliveries')
    .where('reactor', '=', reactor)
    .where('state', 'in', WAITING)
    .where('due_at', '>', now)
  if (from !== undefined)
    await waiting.set({ due_at: now, updated_at: now }).where('due_at', '<=', from).execute()
  await waiting
    .set({ due_at: rest, updated_at: now })
    .where('updated_at', '>', now)
    .where(isSpan)
    .execute()
}
