/** Which reviews were erased, so that an interrupted erasure is finished, and a restored backup is erased again. */
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>) {
  await db.schema
    .createTable('erasures')
    .addColumn('review_id', 'text', column => column.primaryKey())
    .addColumn('at', 'bigint', column => column.notNull())
    .addColumn('actor', 'text', column => column.notNull())
    .addColumn('posters', 'text', column => column.notNull())
    .addColumn('finished_at', 'bigint')
    .execute()
}
