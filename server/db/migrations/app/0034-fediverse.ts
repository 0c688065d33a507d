/** Creates what following from the fediverse needs: keys, followers, servers, and activities already seen. */
import type { Kysely } from 'kysely'
import { columnTypes, must } from '../../column-types'

export async function up(db: Kysely<unknown>) {
  const { counted } = columnTypes(db)
  await db.schema
    .createTable('fediverse_keys')
    .addColumn('actor', 'text', must)
    .addColumn('number', 'integer', must)
    .addColumn('public_pem', 'text', must)
    .addColumn('private_pem', 'text', must)
    .addColumn('created_at', 'bigint', must)
    .addPrimaryKeyConstraint('fediverse_keys_key', ['actor', 'number'])
    .execute()
  await db.schema
    .createTable('fediverse_followers')
    .addColumn('actor', 'text', must)
    .addColumn('follows', 'text', must)
    .addColumn('follow_id', 'text', must)
    .addColumn('inbox', 'text', must)
    .addColumn('host', 'text', must)
    .addColumn('position', 'bigint', must)
    .addColumn('created_at', 'bigint', must)
    .addPrimaryKeyConstraint('fediverse_followers_key', ['actor', 'follows'])
    .execute()
  await db.schema
    .createIndex('fediverse_followers_by_inbox')
    .on('fediverse_followers')
    .columns(['follows', 'inbox'])
    .execute()
  await db.schema
    .createTable('fediverse_aliases')
    .addColumn('actor', 'text', must)
    .addColumn('url', 'text', must)
    .addPrimaryKeyConstraint('fediverse_aliases_key', ['actor', 'url'])
    .execute()
  await db.schema
    .createTable('fediverse_servers')
    .addColumn('host', 'text', column => column.primaryKey())
    .addColumn('signatures', 'text')
    .addColumn('failing_since', 'bigint')
    .execute()
  await db.schema
    .createTable('fediverse_seen')
    .addColumn('hash', 'text', column => column.primaryKey())
    .addColumn('until', 'bigint', must)
    .execute()
  await db.schema
    .createIndex('fediverse_seen_by_end')
    .on('fediverse_seen')
    .column('until')
    .execute()
  await db.schema
    .createTable('fediverse_answers')
    .addColumn('id', 'integer', counted)
    .addColumn('sender', 'text', must)
    .addColumn('recipient', 'text', must)
    .addColumn('inbox', 'text', must)
    .addColumn('activity', 'text', must)
    .addColumn('attempts', 'integer', must)
    .addColumn('due_at', 'bigint', must)
    .execute()
}
