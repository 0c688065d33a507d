/** Adds the credentials that far sides renewed for parts. */
import type { Kysely } from 'kysely'
import { must } from '../../column-types'

export async function up(db: Kysely<unknown>) {
  await db.schema
    .createTable('part_credentials')
    .addColumn('part', 'text', column => column.primaryKey())
    .addColumn('given', 'text', must)
    .addColumn('sealed', 'text')
    .addColumn('ends_at', 'bigint')
    .addColumn('due_at', 'bigint', must)
    .addColumn('attempts', 'integer', must)
    .addColumn('failed_since', 'bigint')
    .addColumn('problem', 'text')
    .execute()
}
