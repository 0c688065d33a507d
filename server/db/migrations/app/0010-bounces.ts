/**
 * Creates the history of bounces that decides when a reader rests, and the memory of which address
 * an old link speaks for.
 */
import { type Kysely, sql } from 'kysely'
import { must } from '../../column-types'

export async function up(db: Kysely<unknown>) {
  await db.schema
    .createTable('bounces')
    .addColumn('reader_id', 'text', must)
    .addColumn('at', 'bigint', must)
    .addColumn('is_bare', 'integer', must)
    .execute()
  await db.schema
    .createIndex('bounces_of_reader')
    .on('bounces')
    .columns(['reader_id', 'at'])
    .execute()
  // For asking whether a reader's emails arrived since, without reading those of the others.
  await db.schema
    .createIndex('deliveries_emailed')
    .on('deliveries')
    .columns(['recipient', 'updated_at'])
    .where(sql.ref('reactor'), '=', sql.lit('email'))
    .where(sql.ref('state'), '=', sql.lit('accepted'))
    .execute()

  await db.schema
    .createTable('former_readers')
    .addColumn('id', 'text', column => column.primaryKey())
    .addColumn('hash', 'text', must)
    .execute()
}
