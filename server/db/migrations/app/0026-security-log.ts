/** Creates the security log: who got in, and who changed what people may do. */
import type { Kysely } from 'kysely'
import { columnTypes, must } from '../../column-types'

export async function up(db: Kysely<unknown>) {
  const { counted } = columnTypes(db)
  await db.schema
    .createTable('security_log')
    .addColumn('id', 'integer', counted)
    .addColumn('at', 'bigint', must)
    .addColumn('what', 'text', must)
    .addColumn('person_id', 'text')
    .addColumn('person', 'text', must)
    .addColumn('actor', 'text')
    .addColumn('about', 'text')
    .addColumn('network', 'text')
    .execute()
  await db.schema.createIndex('security_log_by_time').on('security_log').column('at').execute()
}
