/** Finds and changes readers by email. */
import type { Kysely } from 'kysely'
import type { Wants } from '../../shared/types/wants'
import type { AppTables } from '../db/schema'
import { fingerprint, subjectOf } from './tokens'
import { wantsColumns } from './wants'

type Db = Kysely<AppTables>
export type MailReaderRow = AppTables['mail_readers']

/** Ignores case, because in practice it never distinguishes two mailboxes. */
export const addressPrint = (email: string) => fingerprint(email.toLowerCase())

/** The confirmed reader that a manage token names. */
export async function managedMailReader(
  app: Db,
  token: string,
): Promise<MailReaderRow | undefined> {
  const id = subjectOf('manage-mail', token)
  return id
    ? await app
        .selectFrom('mail_readers')
        .selectAll()
        .where('id', '=', id)
        .where('state', '=', 'active')
        .executeTakeFirst()
    : undefined
}

export async function changeMailWants(app: Db, id: string, wants: Wants): Promise<void> {
  await app.updateTable('mail_readers').set(wantsColumns(wants)).where('id', '=', id).execute()
}
