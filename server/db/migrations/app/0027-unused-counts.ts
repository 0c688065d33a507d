/** Drops counts that other tables have kept better since: `bounces`, and `mailbox_letters`. */
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>) {
  await db.schema.alterTable('mail_readers').dropColumn('soft_bounces').execute()
  await db.schema.alterTable('mail_readers').dropColumn('letters_since').execute()
}
