/** Creates the list of push readers whose endpoint is gone, so that a renewed one finds its wants. */
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>) {
  await db.schema
    .createTable('lost_push_readers')
    .addColumn('id', 'text', column => column.primaryKey())
    .addColumn('wants', 'text', column => column.notNull())
    .addColumn('position', 'bigint', column => column.notNull())
    .addColumn('lost_at', 'bigint', column => column.notNull())
    .execute()
}
