/** Remembers what came in, so that nothing is acted on twice. */
import type { Transaction } from 'kysely'
import type { AppTables } from '../../../db/schema'

const HOUR_MS = 3600_000

/** A signature is refused after an hour anyway; a server may send an activity again for days. */
const KEPT_MS = { signature: 3 * HOUR_MS, activity: 30 * 24 * HOUR_MS }

/** False if it was there already. Call it in the transaction that acts on it. */
export async function isNew(
  tx: Transaction<AppTables>,
  what: keyof typeof KEPT_MS,
  hash: string,
  now: number,
): Promise<boolean> {
  await tx.deleteFrom('fediverse_seen').where('until', '<', now).execute()
  const done = await tx
    .insertInto('fediverse_seen')
    .values({ hash: `${what} ${hash}`, until: now + KEPT_MS[what] })
    .onConflict(there => there.doNothing())
    .executeTakeFirst()
  return Number(done.numInsertedOrUpdatedRows) > 0
}
