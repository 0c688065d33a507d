/**
 * Removes a reader by email: the address is erased at once, and a keyed hash keeps imports from
 * bringing it back.
 */
import { type Kysely, sql, type Transaction } from 'kysely'
import { eraseTraces } from '../db/erase-traces'
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

/**
 * Removes a reader by present or former id; does nothing if there is none. What a reader asks us to
 * erase is gone from the database's files too when this resolves.
 */
export async function suppressMailReader(app: Db, id: string, reason: Reason, now: number) {
  const email = await app.transaction().execute(db => suppressIn(db, id, reason, now))
  if (email && reason === 'erased') await eraseTraces(app, email)
}

/** The same within a transaction; returns the address that was removed. */
export async function suppressIn(
  db: Transaction<AppTables>,
  id: string,
  reason: Reason,
  now: number,
): Promise<string | undefined> {
  const known = await currentReader(db, id)
  const reader = known && (await remove(db, known))
  if (!reader) return undefined
  await remember(db, reader.email_hash, reason, now)
  // After a bounce, emails in the outbox are kept, to show editors what did not arrive.
  if (reason !== 'bounced') await emptyOutbox(db, { id: known, email: reader.email })
  return reader.email
}

/**
 * Emails in the outbox carry the address, perhaps in another spelling; their Message-ID names the
 * reader.
 */
const emptyOutbox = (db: Transaction<AppTables>, { id, email }: { id: string; email: string }) =>
  db
    .deleteFrom('outbox')
    .where(row =>
      row.or([
        row(row.fn('lower', ['recipient']), '=', email.toLowerCase()),
        row(sql`instr(message_id, ${id})`, '>', 0),
      ]),
    )
    .execute()

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
