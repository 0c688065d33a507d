/** Finds and changes readers by email. */
import type { Kysely, Transaction } from 'kysely'
import type { Wants } from '../../shared/types/wants'
import type { AppTables } from '../db/schema'
import { fingerprint, subjectOf } from './tokens'
import { wantsColumns } from './wants'

type Db = Kysely<AppTables>
export type MailReaderRow = AppTables['mail_readers']

/** Ignores case, because in practice it never distinguishes two mailboxes. */
export const addressPrint = (email: string) => fingerprint(email.toLowerCase())

/**
 * The id of the reader whom a link or return path speaks for: the one that it was made for, or
 * whoever has that address now. Undefined if nobody has.
 */
export async function currentReader(
  app: Db | Transaction<AppTables>,
  id: string,
): Promise<string | undefined> {
  const reader = await app
    .selectFrom('mail_readers')
    .select('id')
    .where(eb =>
      eb.or([
        eb('id', '=', id),
        eb('email_hash', 'in', eb.selectFrom('former_readers').select('hash').where('id', '=', id)),
      ]),
    )
    .executeTakeFirst()
  return reader?.id
}

/** The confirmed reader that a manage token names, resting or not. */
export async function managedMailReader(
  app: Db,
  token: string,
): Promise<MailReaderRow | undefined> {
  const subject = subjectOf('manage-mail', token)
  const id = subject && (await currentReader(app, subject))
  return id
    ? await app
        .selectFrom('mail_readers')
        .selectAll()
        .where('id', '=', id)
        .where('state', '!=', 'unconfirmed')
        .executeTakeFirst()
    : undefined
}

export async function changeMailWants(app: Db, id: string, wants: Wants): Promise<void> {
  await app.updateTable('mail_readers').set(wantsColumns(wants)).where('id', '=', id).execute()
}
