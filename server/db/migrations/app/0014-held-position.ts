/**
 * Says up to which position of the log a review is held; its time said nothing once a clock was set
 * back. An old hold covers what any part has read.
 */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>) {
  await db.schema
    .alterTable('holds')
    .addColumn('position', 'bigint', column => column.notNull().defaultTo(0))
    .execute()
  await sql`UPDATE holds SET position = coalesce((SELECT max(checkpoint) FROM consumers), 0)`.execute(
    db,
  )
}
