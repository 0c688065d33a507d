/**
 * Creates what operators look at: alerts and the emails about them, holds, each part's activity by
 * the minute, and indexes for counting waiting and dead deliveries without reading finished ones.
 */
import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely'
import { columnTypes, must } from '../../column-types'

const zero = (column: ColumnDefinitionBuilder) => column.notNull().defaultTo(0)

export async function up(db: Kysely<unknown>) {
  const { json } = columnTypes(db)
  await db.schema
    .createTable('alerts')
    .addColumn('about', 'text', column => column.primaryKey())
    .addColumn('says', 'text', must)
    .addColumn('unit', json)
    .addColumn('sample', 'text')
    .addColumn('todo', 'text', must)
    .addColumn('link', 'text', must)
    .addColumn('count', 'integer', must)
    .addColumn('said', 'integer', zero)
    .addColumn('said_before', 'integer', zero)
    .addColumn('opened_at', 'bigint', must)
    .addColumn('unsaid_since', 'bigint', must)
    .addColumn('last_at', 'bigint', must)
    .addColumn('told_at', 'bigint')
    .addColumn('settled_at', 'bigint')
    .addColumn('noted_at', 'bigint')
    .execute()
  await db.schema
    .createTable('alert_letters')
    .addColumn('person_id', 'text', column => column.primaryKey())
    .addColumn('abouts', 'text', must)
    .addColumn('created_at', 'bigint', must)
    .addColumn('attempts', 'integer', zero)
    .addColumn('due_at', 'bigint', must)
    .execute()
  await db.schema
    .createTable('alert_dismissals')
    .addColumn('person_id', 'text', must)
    .addColumn('about', 'text', must)
    .addColumn('at', 'bigint', must)
    .addPrimaryKeyConstraint('alert_dismissals_key', ['person_id', 'about'])
    .execute()
  await db.schema
    .createTable('holds')
    .addColumn('review_id', 'text', column => column.primaryKey())
    .addColumn('reason', 'text', must)
    .addColumn('at', 'bigint', must)
    .execute()
  await db.schema
    .createTable('part_minutes')
    .addColumn('part', 'text', must)
    .addColumn('minute', 'bigint', must)
    .addColumn('accepted', 'integer', must)
    .addColumn('failed', 'integer', must)
    .addPrimaryKeyConstraint('part_minutes_key', ['part', 'minute'])
    .execute()

  await db.schema.dropIndex('deliveries_by_state').execute()
  for (const state of ['pending', 'sending', 'retry'] as const)
    await db.schema
      .createIndex(`deliveries_in_${state}`)
      .on('deliveries')
      .column('reactor')
      .where(sql.ref('state'), '=', sql.lit(state))
      .execute()
  await db.schema
    .createIndex('deliveries_dead')
    .on('deliveries')
    .columns(['updated_at', 'reactor'])
    .where(sql.ref('state'), '=', sql.lit('dead'))
    .execute()
}
