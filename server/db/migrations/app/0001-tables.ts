/** Creates the first tables of app.sqlite; server/db/tables/ says what each is for. */
import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely'
import { columnTypes, must } from '../../column-types'

export async function up(db: Kysely<unknown>) {
  await writing(db)
  await readers(db)
  await delivering(db)
}

const key = (column: ColumnDefinitionBuilder) => column.primaryKey()
const zero = (column: ColumnDefinitionBuilder) => column.notNull().defaultTo(0)

async function writing(db: Kysely<unknown>) {
  const { counted, json } = columnTypes(db)
  await db.schema
    .createTable('working_copies')
    .addColumn('review_id', 'text', key)
    .addColumn('critic_id', 'text', must)
    .addColumn('fields', json, must)
    .addColumn('edits', 'integer', zero)
    .addColumn('updated_at', 'bigint', must)
    .addColumn('updated_by', 'text', must)
    .execute()
  await db.schema
    .createIndex('working_copies_by_critic')
    .on('working_copies')
    .columns(['critic_id', 'updated_at'])
    .execute()

  await db.schema
    .createTable('revisions')
    .addColumn('id', 'integer', counted)
    .addColumn('review_id', 'text', must)
    .addColumn('version', 'integer', must)
    .addColumn('fields', json, must)
    .addColumn('at', 'bigint', must)
    .addColumn('actor', 'text', must)
    .execute()
  await db.schema
    .createIndex('revisions_of_review')
    .on('revisions')
    .columns(['review_id', 'id'])
    .execute()

  await db.schema
    .createTable('slugs')
    .addColumn('slug', 'text', key)
    .addColumn('review_id', 'text', must)
    .execute()
  await db.schema.createIndex('slugs_of_review').on('slugs').column('review_id').execute()

  await db.schema
    .createTable('idempotency')
    .addColumn('key', 'text', key)
    .addColumn('body_hash', 'text', must)
    .addColumn('status', 'integer', must)
    .addColumn('answer', 'text', must)
    .addColumn('at', 'bigint', must)
    .execute()
  await db.schema.createIndex('idempotency_by_age').on('idempotency').column('at').execute()

  await db.schema
    .createTable('api_tokens')
    .addColumn('id', 'text', key)
    .addColumn('hash', 'text', c => c.notNull().unique())
    .addColumn('name', 'text', must)
    .addColumn('scopes', json, must)
    .addColumn('user_id', 'text', must)
    .addColumn('created_at', 'bigint', must)
    .addColumn('used_at', 'bigint')
    .addColumn('revoked_at', 'bigint')
    .execute()

  await db.schema
    .createTable('uploads')
    .addColumn('id', 'text', key)
    .addColumn('file', 'text', must)
    .addColumn('width', 'integer', must)
    .addColumn('height', 'integer', must)
    .addColumn('bytes', 'integer', must)
    .addColumn('actor', 'text', must)
    .addColumn('at', 'bigint', must)
    .execute()
}

async function readers(db: Kysely<unknown>) {
  // Wants are text on every engine: they are read whole, compared as they are, and never searched.
  await db.schema
    .createTable('mail_readers')
    .addColumn('id', 'text', key)
    .addColumn('email', 'text', must)
    .addColumn('email_hash', 'text', c => c.notNull().unique())
    .addColumn('state', 'text', must)
    .addColumn('wants', 'text', must)
    .addColumn('frequency', 'text', must)
    .addColumn('min_rating', 'real', zero)
    .addColumn('asked', 'text')
    .addColumn('asked_at', 'bigint', must)
    .addColumn('letters', 'integer', zero)
    .addColumn('letters_since', 'bigint', zero)
    .addColumn('confirmed_at', 'bigint')
    .addColumn('position', 'bigint', must)
    .addColumn('soft_bounces', 'integer', zero)
    .execute()
  await db.schema
    .createIndex('mail_readers_unconfirmed')
    .on('mail_readers')
    .columns(['state', 'asked_at'])
    .where('state', '=', sql.lit('unconfirmed'))
    .execute()

  await db.schema
    .createTable('push_readers')
    .addColumn('id', 'text', key)
    .addColumn('endpoint', 'text', must)
    .addColumn('endpoint_hash', 'text', c => c.notNull().unique())
    .addColumn('p256dh', 'text', must)
    .addColumn('auth', 'text', must)
    .addColumn('origin', 'text', must)
    .addColumn('wants', 'text', must)
    .addColumn('frequency', 'text', must)
    .addColumn('min_rating', 'real', zero)
    .addColumn('asked_at', 'bigint', must)
    .addColumn('position', 'bigint', must)
    .execute()

  await db.schema
    .createTable('suppressions')
    .addColumn('hash', 'text', key)
    .addColumn('reason', 'text', must)
    .addColumn('at', 'bigint', must)
    .execute()
}

async function delivering(db: Kysely<unknown>) {
  const { counted, json, flag } = columnTypes(db)
  await db.schema
    .createTable('consumers')
    .addColumn('name', 'text', key)
    .addColumn('checkpoint', 'bigint', zero)
    .addColumn('plan_cursor', 'text', c => c.notNull().defaultTo(''))
    .addColumn('lease_owner', 'text')
    .addColumn('lease_until', 'bigint', zero)
    .addColumn('fence', 'integer', zero)
    .addColumn('paused', flag, c => c.notNull().defaultTo(false))
    .addColumn('pause_reason', 'text')
    .addColumn('last_error', 'text')
    .addColumn('last_error_at', 'bigint')
    .addColumn('updated_at', 'bigint', zero)
    .execute()

  await db.schema
    .createTable('parked')
    .addColumn('consumer', 'text', must)
    .addColumn('position', 'bigint', must)
    .addColumn('review_id', 'text', must)
    .addColumn('reason', 'text', must)
    .addColumn('at', 'bigint', must)
    .addPrimaryKeyConstraint('parked_key', ['consumer', 'position'])
    .execute()
  await db.schema
    .createIndex('parked_of_review')
    .on('parked')
    .columns(['consumer', 'review_id'])
    .execute()

  await db.schema
    .createTable('deliveries')
    .addColumn('id', 'integer', counted)
    .addColumn('reactor', 'text', must)
    .addColumn('event_id', 'text', must)
    .addColumn('position', 'bigint', must)
    .addColumn('review_id', 'text', must)
    .addColumn('type', 'text', must)
    .addColumn('recipient', 'text', must)
    .addColumn('origin', 'text', c => c.notNull().defaultTo(''))
    .addColumn('bundle', 'text')
    .addColumn('state', 'text', c => c.notNull().defaultTo('pending'))
    .addColumn('attempts', 'integer', zero)
    .addColumn('due_at', 'bigint', must)
    .addColumn('claim', 'text')
    .addColumn('reason', 'text')
    .addColumn('receipt', json)
    .addColumn('progress', json)
    .addColumn('text', 'text')
    .addColumn('created_at', 'bigint', must)
    .addColumn('updated_at', 'bigint', must)
    .addUniqueConstraint('deliveries_once', ['event_id', 'reactor', 'recipient'])
    .execute()
  // It only has what is still to be done: a claim reads no more rows than are waiting, however long
  // the history.
  await db.schema
    .createIndex('deliveries_due')
    .on('deliveries')
    .columns(['reactor', 'due_at'])
    .where(sql.ref('state'), 'in', [sql.lit('pending'), sql.lit('retry')])
    .execute()
  await db.schema
    .createIndex('deliveries_by_state')
    .on('deliveries')
    .columns(['reactor', 'state', 'due_at'])
    .execute()
  await db.schema
    .createIndex('deliveries_of_review')
    .on('deliveries')
    .columns(['review_id', 'reactor', 'recipient', 'position'])
    .execute()
  await db.schema
    .createIndex('deliveries_of_bundle')
    .on('deliveries')
    .columns(['reactor', 'recipient', 'bundle'])
    .where('bundle', 'is not', null)
    .execute()

  await db.schema
    .createTable('confirmations')
    .addColumn('reader_id', 'text', key)
    .addColumn('attempts', 'integer', zero)
    .addColumn('due_at', 'bigint', must)
    .addColumn('created_at', 'bigint', must)
    .execute()

  await db.schema
    .createTable('outbox')
    .addColumn('id', 'integer', counted)
    .addColumn('message_id', 'text', c => c.notNull().unique())
    .addColumn('sender', 'text', must)
    .addColumn('recipient', 'text', must)
    .addColumn('subject', 'text', must)
    .addColumn('source', 'text', must)
    .addColumn('at', 'bigint', must)
    .execute()
}
