/** Critics have a sentence about themselves. */
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>) {
  await db.schema.alterTable('people').addColumn('bio', 'text').execute()
  await db.schema.alterTable('people').addColumn('bioAt', 'bigint').execute()
}
