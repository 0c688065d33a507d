/**
 * Removes a reader by email: the address is erased at once, and a keyed hash keeps imports from
 * bringing it back.
 */
import type { Kysely, Transaction } from 'kysely'
import type { AppTables } from '../db/schema'
import { addressPrint, currentReader } from './mail-readers'
import { subjectOf } from './tokens'

type Db = Kysely<AppTables>
export type Reason = AppTables['suppressions']['reason']

/**
 * Returns false for a token that we never issued. The token of an email from before the reader left
 * and came back still speaks for the address. Unsubscribing again changes nothing.
 */
export async function unsubscribe(app: Db, token: string, now: number): Promise<boolean> {
  const id = subjectOf('unsubscribe', token)
  if (id) await suppressMailReader(app, id, 'unsubscribed', now)
  return Boolean(id)
}

/** Removes a reader by present or former id; does nothing if there is none. */
export const suppressMailReader = (app: Db, id: string, reason: Reason, now: number) =>
  app.transaction().execute(db => suppressIn(db, id, reason, now))

export async function suppressIn(
  db: Transaction<AppTables>,
  id: string,
  reason: Reason,
  now: number,
) {
  const known = await currentReader(db, id)
  const reader = known && (await remove(db, known))
  if (!reader) return
  await remember(db, reader.email_hash, reason, now)
  // Emails in the outbox carry the address too; after a bounce they are kept, to show editors
  // what did not arrive.
  if (reason !== 'bounced')
    await db.deleteFrom('outbox').where('recipient', '=', reader.email).execute()
}

/**
 * The same by address, for a bounce that names nothing else; an address without a reader is
 * suppressed too.
 */
export const suppressAddress = (app: Db, email: string, reason: Reason, now: number) =>
  app.transaction().execute(async db => {
    const hash = addressPrint(email)
    const reader = await db
      .selectFrom('mail_readers')
      .select('id')
      .where('email_hash', '=', hash)
      .executeTakeFirst()
    if (reader) await remove(db, reader.id)
    await remember(db, hash, reason, now)
  })

async function remove(db: Transaction<AppTables>, id: string) {
  const reader = await db
    .deleteFrom('mail_readers')
    .where('id', '=', id)
    .returning(['email', 'email_hash'])
    .executeTakeFirstOrThrow()
  await db.deleteFrom('bounces').where('reader_id', '=', id).execute()
  await db.insertInto('former_readers').values({ id, hash: reader.email_hash }).execute()
  return reader
}

const remember = (db: Transaction<AppTables>, hash: string, reason: Reason, at: number) =>
  db
    .insertInto('suppressions')
    .values({ hash, reason, at })
    .onConflict(known => known.column('hash').doUpdateSet({ reason, at }))
    .execute()
