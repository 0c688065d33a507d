/** Remembers that the site has been set up, whatever becomes of its people. */
import { type Kysely, sql } from 'kysely'
import { must } from '../../column-types'

export async function up(db: Kysely<unknown>) {
  await db.schema
    .createTable('set_up')
    .addColumn('one', 'integer', column => column.primaryKey())
    .addColumn('at', 'bigint', must)
    .execute()
  await sql`INSERT INTO set_up (one, at) SELECT 1, ${Date.now()} WHERE EXISTS (SELECT 1 FROM people)`.execute(
    db,
  )
}
