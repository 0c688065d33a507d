/** Creates the list of push readers whose endpoint is gone, so that a renewed one finds its wants. */
import type { Kysely } from 'kysely'
import { must } from '../../column-types'

export async function up(db: Kysely<unknown>) {
  await db.schema
    .createTable('lost_push_readers')
    .addColumn('id', 'text', column => column.primaryKey())
    .addColumn('wants', 'text', must)
    .addColumn('position', 'bigint', must)
    .addColumn('lost_at', 'bigint', must)
    .execute()
}
