/**
 * Creates the table of webhooks: the address, the signing secret, the types and shape it gets, and
 * how its calls go.
 */
import { type Kysely, sql } from 'kysely'
import { columnTypes, must } from '../../column-types'

export async function up(db: Kysely<unknown>) {
  const { json } = columnTypes(db)
  await db.schema
    .createTable('webhooks')
    .addColumn('id', 'text', column => column.primaryKey())
    .addColumn('owner', 'text', must)
    .addColumn('url', 'text', must)
    .addColumn('secret', 'text', must)
    .addColumn('previous_secret', 'text')
    .addColumn('previous_until', 'bigint')
    .addColumn('types', json)
    .addColumn('shape', 'text', must)
    .addColumn('fields', json)
    .addColumn('position', 'bigint', must)
    .addColumn('command_id', 'text', column => column.unique())
    .addColumn('created_at', 'bigint', must)
    .addColumn('disabled_at', 'bigint')
    .addColumn('disabled_reason', 'text')
    .addColumn('failing_since', 'bigint')
    .addColumn('last_at', 'bigint')
    .addColumn('last_status', 'integer')
    .addColumn('last_ms', 'integer')
    .addColumn('last_said', 'text')
    .execute()
  await db.schema.createIndex('webhooks_of_owner').on('webhooks').column('owner').execute()
  // For reading the newest deliveries of one webhook without those of the others.
  await db.schema
    .createIndex('deliveries_of_webhook')
    .on('deliveries')
    .columns(['recipient', 'position'])
    .where(sql.ref('reactor'), '=', sql.lit('webhooks'))
    .execute()
}
