/** Creates the count of confirmation emails that each mailbox got today, however its address was spelled. */
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>) {
  await db.schema
    .createTable('mailbox_letters')
    .addColumn('mailbox', 'text', column => column.primaryKey())
    .addColumn('letters', 'integer', column => column.notNull())
    .addColumn('since', 'bigint', column => column.notNull())
    .execute()
}
