/**
 * Removes a reader by email: the address is erased at once, and a keyed hash keeps imports from
 * bringing it back.
 */
import type { Kysely, Transaction } from 'kysely'
import type { AppTables } from '../db/schema'
import { addressPrint } from './mail-readers'
import { subjectOf } from './tokens'

type Db = Kysely<AppTables>
export type Reason = AppTables['suppressions']['reason']

/** Returns false for a token that we never issued. Unsubscribing again changes nothing. */
export async function unsubscribe(app: Db, token: string, now: number): Promise<boolean> {
  const id = subjectOf('unsubscribe', token)
  if (id) await suppressMailReader(app, id, 'unsubscribed', now)
  return Boolean(id)
}

/** Removes a reader by id; does nothing if there is none. */
export const suppressMailReader = (app: Db, id: string, reason: Reason, now: number) =>
  app.transaction().execute(async db => {
    const reader = await db
      .deleteFrom('mail_readers')
      .where('id', '=', id)
      .returning(['email', 'email_hash'])
      .executeTakeFirst()
    if (!reader) return
    await remember(db, reader.email_hash, reason, now)
    // Emails in the outbox carry the address too; after a bounce they are kept, to show editors
    // what did not arrive.
    if (reason !== 'bounced')
      await db.deleteFrom('outbox').where('recipient', '=', reader.email).execute()
  })

/**
 * The same by address, for a bounce that names nothing else; an address without a reader is
 * suppressed too.
 */
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
