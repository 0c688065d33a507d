/** Readers by email: how one is recognised, and what the reader may change. */
import type { Kysely } from 'kysely'
import type { Wants } from '../../shared/types/wants'
import type { AppTables } from '../db/schema'
import { fingerprint, subjectOf } from './tokens'
import { wantsColumns } from './wants'

type Db = Kysely<AppTables>
export type MailReaderRow = AppTables['mail_readers']

/** Case tells no two mailboxes apart in practice. */
export const addressPrint = (email: string) => fingerprint(email.toLowerCase())

/** The confirmed reader whom a manage token names. */
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
