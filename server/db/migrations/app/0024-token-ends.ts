/** API tokens may have an end. */
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>) {
  await db.schema.alterTable('api_tokens').addColumn('expires_at', 'bigint').execute()
}
