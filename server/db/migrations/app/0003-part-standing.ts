/** How a part stands with its far side: why it cannot send, and what it is still allowed to. */
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>) {
  await db.schema.alterTable('consumers').addColumn('stopped', 'text').execute()
  await db.schema.alterTable('consumers').addColumn('quota', 'text').execute()
}
