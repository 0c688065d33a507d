/** Creates the addresses of films, reserved when a review is published so that no two films share one. */
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>) {
  await db.schema
    .createTable('movie_addresses')
    .addColumn('id', 'text', column => column.primaryKey())
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('imdb_id', 'text')
    .addColumn('review_id', 'text', column => column.notNull())
    .execute()
}
