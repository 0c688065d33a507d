/** What becomes of a request once its subscriber has answered: it is true now, or waits, or failed. */
import { randomUUIDv7 } from 'node:crypto'
import type { Kysely, Selectable, Transaction } from 'kysely'
import type { AppTables } from '../../db/schema'
import type { Verdict } from './verify'

export type WaitingRequest = Selectable<AppTables['hub_requests']>

/** How long to wait for a subscriber that could not be reached. */
const AGAIN_MS = [10_000, 120_000]

/** Does nothing if a newer request has replaced this one meanwhile: that one is asked about too. */
export async function confirm(
  db: Transaction<AppTables>,
  { id, mode, topic, callback, host, secret, lease_seconds }: WaitingRequest,
  { position, now }: { position: number; now: number },
) {
  const { numDeletedRows } = await db
    .deleteFrom('hub_requests')
    .where('id', '=', id)
    .executeTakeFirst()
  if (!numDeletedRows) return
  if (mode === 'unsubscribe') {
    await db
      .deleteFrom('hub_subscriptions')
      .where('topic', '=', topic)
      .where('callback', '=', callback)
      .execute()
    return
  }
  const agreed = { secret, lease_until: now + lease_seconds * 1000, failing_since: null }
  await db
    .insertInto('hub_subscriptions')
    .values({ id: randomUUIDv7(), topic, callback, host, position, created_at: now, ...agreed })
    .onConflict(there => there.columns(['topic', 'callback']).doUpdateSet(agreed))
    .execute()
}

export async function noteFailure(
  app: Kysely<AppTables>,
  { id, attempts }: WaitingRequest,
  verdict: Verdict,
  now: number,
) {
  const again = verdict === 'unreachable' ? AGAIN_MS[attempts] : undefined
  await app
    .updateTable('hub_requests')
    .set(row =>
      again === undefined
        ? { failed_at: now, failures: row('failures', '+', 1) }
        : { attempts: attempts + 1, due_at: now + again },
    )
    .where('id', '=', id)
    .execute()
}
