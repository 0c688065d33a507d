/** Creates the addresses of films, reserved when a review is published so that no two films share one. */
import type { Kysely } from 'kysely'
import { must } from '../../column-types'

export async function up(db: Kysely<unknown>) {
  await db.schema
    .createTable('movie_addresses')
    .addColumn('id', 'text', column => column.primaryKey())
    .addColumn('name', 'text', must)
    .addColumn('imdb_id', 'text')
    .addColumn('review_id', 'text', must)
    .execute()
}
