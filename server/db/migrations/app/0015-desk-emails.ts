/** Creates the queue of emails to one person at the desk, such as a critic whose schedule failed. */
import type { Kysely } from 'kysely'
import { columnTypes, must } from '../../column-types'

export async function up(db: Kysely<unknown>) {
  const { counted } = columnTypes(db)
  await db.schema
    .createTable('desk_emails')
    .addColumn('id', 'integer', counted)
    .addColumn('person_id', 'text', must)
    .addColumn('about', 'text', column => column.notNull().unique())
    .addColumn('subject', 'text', must)
    .addColumn('says', 'text', must)
    .addColumn('todo', 'text', must)
    .addColumn('link', 'text', must)
    .addColumn('created_at', 'bigint', must)
    .addColumn('attempts', 'integer', column => column.notNull().defaultTo(0))
    .addColumn('due_at', 'bigint', must)
    .execute()
}
