/**
 * Remembers who had left another platform, so that no older list brings them back. Whoever came by
 * such a list is removed; whoever subscribed here stays.
 */
import type { Transaction } from 'kysely'
import type { AppTables } from '../../db/schema'
import { addressPrint } from '../../readers/mail-readers'
import type { Departed, Skipped } from './candidates'
import type { Joining } from './keep-mail'

type Db = Transaction<AppTables>

export async function keepDeparted(
  db: Db,
  batch: Departed[],
  { now, preview }: Joining,
): Promise<Skipped[]> {
  const departed = new Map(
    batch.map(({ departed, remember }) => [addressPrint(departed), remember]),
  )
  const prints = [...departed.keys()]
  if (!prints.length) return []
  const subscribedHere = await db
    .selectFrom('mail_readers')
    .select('email_hash')
    .where('email_hash', 'in', prints)
    .where('state', '!=', 'unconfirmed')
    .where('letters', '>', 0)
    .execute()
  for (const { email_hash } of subscribedHere) departed.delete(email_hash)
  if (preview) for (const [hash, reason] of departed) preview.set(hash, reason)
  else if (departed.size) await remember(db, departed, now)
  return batch.map(({ line, reason }) => ({ line, reason }))
}

async function remember(db: Db, departed: Map<string, Departed['remember']>, at: number) {
  await db
    .deleteFrom('mail_readers')
    .where('email_hash', 'in', [...departed.keys()])
    .where('letters', '=', 0)
    .execute()
  await db
    .insertInto('suppressions')
    .values([...departed].map(([hash, reason]) => ({ hash, reason, at })))
    .onConflict(known => known.column('hash').doNothing())
    .execute()
}
