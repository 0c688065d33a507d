/** Creates the subscriptions of our hub for feeds, and the requests for one that are not verified yet. */
import { type Kysely, sql } from 'kysely'
import { must } from '../../column-types'

export async function up(db: Kysely<unknown>) {
  await db.schema
    .createTable('hub_subscriptions')
    .addColumn('id', 'text', column => column.primaryKey())
    .addColumn('topic', 'text', must)
    .addColumn('callback', 'text', must)
    .addColumn('host', 'text', must)
    .addColumn('secret', 'text')
    .addColumn('lease_until', 'bigint', must)
    .addColumn('position', 'bigint', must)
    .addColumn('created_at', 'bigint', must)
    .addColumn('delivered', 'text')
    .addColumn('failing_since', 'bigint')
    .addUniqueConstraint('hub_subscription_of_callback', ['topic', 'callback'])
    .execute()
  await db.schema
    .createIndex('hub_subscriptions_by_host')
    .on('hub_subscriptions')
    .column('host')
    .execute()
  await db.schema
    .createIndex('hub_subscriptions_by_lease')
    .on('hub_subscriptions')
    .column('lease_until')
    .execute()
  await db.schema
    .createTable('hub_requests')
    .addColumn('id', 'text', column => column.primaryKey())
    .addColumn('mode', 'text', must)
    .addColumn('topic', 'text', must)
    .addColumn('asked_topic', 'text', must)
    .addColumn('callback', 'text', must)
    .addColumn('host', 'text', must)
    .addColumn('secret', 'text')
    .addColumn('lease_seconds', 'integer', must)
    .addColumn('asked_at', 'bigint', must)
    .addColumn('attempts', 'integer', must)
    .addColumn('due_at', 'bigint', must)
    .addColumn('failures', 'integer', must)
    .addColumn('failed_at', 'bigint')
    .addUniqueConstraint('hub_request_of_callback', ['topic', 'callback'])
    .execute()
  await db.schema
    .createIndex('hub_requests_by_host')
    .on('hub_requests')
    .columns(['host', 'failures'])
    .execute()
  await db.schema
    .createIndex('hub_requests_due')
    .on('hub_requests')
    .column('due_at')
    .where(sql.ref('failed_at'), 'is', null)
    .execute()
}
