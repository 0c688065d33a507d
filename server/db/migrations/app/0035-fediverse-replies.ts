/** Creates what people of the fediverse said about reviews, and whom we do not listen to. */
import type { Kysely } from 'kysely'
import { must } from '../../column-types'

export async function up(db: Kysely<unknown>) {
  await db.schema
    .createTable('fediverse_replies')
    .addColumn('id', 'text', column => column.primaryKey())
    .addColumn('review_id', 'text', must)
    .addColumn('actor', 'text', must)
    .addColumn('host', 'text', must)
    .addColumn('name', 'text', must)
    .addColumn('handle', 'text', must)
    .addColumn('url', 'text', must)
    .addColumn('tree', 'text', must)
    .addColumn('published_at', 'bigint', must)
    .addColumn('received_at', 'bigint', must)
    .addColumn('hidden_at', 'bigint')
    .execute()
  for (const column of ['review_id', 'actor', 'received_at'])
    await db.schema
      .createIndex(`fediverse_replies_by_${column}`)
      .on('fediverse_replies')
      .column(column)
      .execute()
  await db.schema
    .createTable('fediverse_reactions')
    .addColumn('review_id', 'text', must)
    .addColumn('actor', 'text', must)
    .addColumn('kind', 'text', must)
    .addColumn('host', 'text', must)
    .addColumn('activity_id', 'text', must)
    .addPrimaryKeyConstraint('fediverse_reactions_key', ['review_id', 'actor', 'kind'])
    .execute()
  await db.schema
    .createTable('fediverse_blocks')
    .addColumn('who', 'text', column => column.primaryKey())
    .addColumn('name', 'text', must)
    .addColumn('by', 'text', must)
    .addColumn('at', 'bigint', must)
    .execute()
}
