/**
 * Removes a reader by email: the address is erased at once, and a keyed hash keeps imports from
 * bringing it back.
 */
import { type Kysely, sql, type Transaction } from 'kysely'
import { eraseTraces } from '../db/erase-traces'
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

/**
 * Removes a reader by id; does nothing if there is none. What a reader asks us to erase is gone from
 * the database's files too when this resolves.
 */
export async function suppressMailReader(app: Db, id: string, reason: Reason, now: number) {
  const email = await app.transaction().execute(async db => {
    const reader = await db
      .deleteFrom('mail_readers')
      .where('id', '=', id)
      .returning(['email', 'email_hash'])
      .executeTakeFirst()
    if (!reader) return undefined
    await remember(db, reader.email_hash, reason, now)
    // After a bounce, emails in the outbox are kept, to show editors what did not arrive.
    if (reason !== 'bounced') await emptyOutbox(db, { id, email: reader.email })
    return reader.email
  })
  if (email && reason === 'erased') await eraseTraces(app, email)
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
    await db.deleteFrom('mail_readers').where('email_hash', '=', addressPrint(email)).execute()
    await remember(db, addressPrint(email), reason, now)
  })

const remember = (db: Transaction<AppTables>, hash: string, reason: Reason, at: number) =>
  db
    .insertInto('suppressions')
    .values({ hash, reason, at })
    .onConflict(known => known.column('hash').doUpdateSet({ reason, at }))
    .execute()
