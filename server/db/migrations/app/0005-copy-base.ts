/**
 * A working copy remembers up to which event of its review it was compared with what is published.
 */
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>) {
  await db.schema
    .alterTable('working_copies')
    .addColumn('base', 'integer', column => column.notNull().defaultTo(0))
    .execute()
}
