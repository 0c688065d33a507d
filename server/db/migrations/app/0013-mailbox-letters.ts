/** Creates the count of confirmation emails that each mailbox got today, however its address was spelled. */
import type { Kysely } from 'kysely'
import { must } from '../../column-types'

export async function up(db: Kysely<unknown>) {
  await db.schema
    .createTable('mailbox_letters')
    .addColumn('mailbox', 'text', column => column.primaryKey())
    .addColumn('letters', 'integer', must)
    .addColumn('since', 'bigint', must)
    .execute()
}
