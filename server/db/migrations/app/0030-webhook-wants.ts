/** Adds to webhooks which reviews they are about: those with these ids, and those that match wants. */
import type { Kysely } from 'kysely'
import { columnTypes } from '../../column-types'

export async function up(db: Kysely<unknown>) {
  const { json } = columnTypes(db)
  await db.schema.alterTable('webhooks').addColumn('subject', json).execute()
  await db.schema.alterTable('webhooks').addColumn('wants', json).execute()
}
