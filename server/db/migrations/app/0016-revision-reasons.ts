/** A revision remembers why it ended: what replaced it. */
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>) {
  await db.schema.alterTable('revisions').addColumn('reason', 'text').execute()
}
