/** Migrates a database to the newest schema; does nothing if it is already there. */
import type { DatabaseSync } from 'node:sqlite'
import type { Kysely } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { NewerRelease } from './errors'
import app from './migrations/app'

/** Kysely's own table. */
interface MigrationTables {
  kysely_migration: { name: string }
}

export async function migrateApp<Tables>(db: Kysely<Tables>) {
  const migrations: Record<string, Migration> = app
  const { error } = await new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
  }).migrateToLatest()
  if (error)
    throw (await unknownMigration(db as Kysely<unknown> as Kysely<MigrationTables>)) ?? error
}

async function unknownMigration(db: Kysely<MigrationTables>): Promise<NewerRelease | undefined> {
  const applied = await db
    .selectFrom('kysely_migration')
    .select('name')
    .execute()
    .catch(() => [])
  const unknown = applied.find(({ name }) => !knowsMigration(name))
  return (
    unknown &&
    new NewerRelease(
      `the ledger (app.sqlite) was written by a newer release (it has the migration ${unknown.name})`,
    )
  )
}

/** The name of the newest migration applied to this app.sqlite. */
export const newestMigration = (db: DatabaseSync): string =>
  (db.prepare('SELECT max(name) AS name FROM kysely_migration').get() as { name: string }).name

/** False for a migration of a newer release. */
export const knowsMigration = (name: string): boolean => Object.hasOwn(app, name)
