/** Brings a database to the newest shape; does nothing when it has it already. */
import type { Kysely } from 'kysely'
import { Migrator, type Migration } from 'kysely/migration'
import app from './migrations/app'

export async function migrateApp(db: Kysely<any>) {
  const migrations: Record<string, Migration> = app
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateToLatest()
  if (error) throw error
}
