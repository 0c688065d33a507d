/** Adds a part's state at its far side: why it cannot send, and how much it may still send. */
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>) {
  await db.schema.alterTable('consumers').addColumn('stopped', 'text').execute()
  await db.schema.alterTable('consumers').addColumn('quota', 'text').execute()
}
