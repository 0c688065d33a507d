/** An upload remembers that it was withdrawn for good, so that it is not taken in again. */
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>) {
  await db.schema.alterTable('uploads').addColumn('removed_at', 'bigint').execute()
}
