/** Readers by letter leave: the address is erased at once, and a keyed hash remembers that no import may bring it back. */
import type { Kysely, Transaction } from 'kysely'
import type { AppTables } from '../db/schema'
import { addressPrint } from './mail-readers'
import { subjectOf } from './tokens'

type Db = Kysely<AppTables>
export type Reason = AppTables['suppressions']['reason']

/** Answers false for a token that was never made here. Who has left already stays away: one click or five are the same. */
export async function unsubscribe(app: Db, token: string, now: number): Promise<boolean> {
  const id = subjectOf('unsubscribe', token)
  if (id) await suppressMailReader(app, id, 'unsubscribed', now)
  return Boolean(id)
}

/** Removes a reader by id; nothing happens when there is none. */
export const suppressMailReader = (app: Db, id: string, reason: Reason, now: number) =>
  app.transaction().execute(async db => {
    const reader = await db
      .deleteFrom('mail_readers')
      .where('id', '=', id)
      .returning(['email', 'email_hash'])
      .executeTakeFirst()
    if (!reader) return
    await remember(db, reader.email_hash, reason, now)
    // Kept letters carry the address too; after a bounce they tell an editor what did not arrive.
    if (reason !== 'bounced')
      await db.deleteFrom('outbox').where('recipient', '=', reader.email).execute()
  })

/** The same by address, for a bounce that names only that; also an address that is no reader yet stays suppressed. */
export const suppressAddress = (app: Db, email: string, reason: Reason, now: number) =>
  app.transaction().execute(async db => {
    await db.deleteFrom('mail_readers').where('email_hash', '=', addressPrint(email)).execute()
    await remember(db, addressPrint(email), reason, now)
  })

const remember = (db: Transaction<AppTables>, hash: string, reason: Reason, at: number) =>
  db
    .insertInto('suppressions')
    .values({ hash, reason, at })
    .onConflict(known => known.column('hash').doUpdateSet({ reason, at }))
    .execute()
