/**
 * Opens app.sqlite, which holds what people gave us, and closes every database at the end
 * (`views-file.ts` opens what can be recomputed).
 */
import { resolve } from 'node:path'
import type { Kysely } from 'kysely'
import { settings } from '../config/settings'
import { connect } from './connect'
import { onItsOwnThread, onThisThread } from './dialect'
import { migrateApp } from './migrate'
import { rewriteOnce } from './rewrite'
import type { AppTables } from './schema'
import { closeViews, viewsFile } from './views-file'

export interface OpenAppOptions {
  /** A file whose write-ahead log the app's thread copies into it, see openViews. */
  checkpointOf?: string
  /** How often, in ms; default 2000. */
  checkpointEvery?: number
  /** Called when the database thread ends unexpectedly. */
  onDeath?: (error: Error) => void
}

/** For writing: migrated, on its own thread, on disk before the answer. */
export async function openApp(
  file: string,
  { checkpointOf, checkpointEvery, onDeath }: OpenAppOptions = {},
): Promise<Kysely<AppTables>> {
  const app = onItsOwnThread<AppTables>({ file, checkpointOf, checkpointEvery }, onDeath)
  await migrateApp(app)
  await rewriteOnce(app)
  return app
}

/**
 * For reading: a second connection, so that a read never waits behind an open transaction. The file
 * must exist.
 */
export const openAppReader = (file: string): Kysely<AppTables> =>
  onThisThread(connect(file, { readOnly: true }))

/** For tests: the same tables in memory, on this thread. */
export async function openAppInMemory(): Promise<Kysely<AppTables>> {
  const app = onThisThread<AppTables>(connect(':memory:'))
  await migrateApp(app)
  return app
}

let app: Promise<Kysely<AppTables>> | undefined
let reader: Kysely<AppTables> | undefined
const fileOf = (name: string) => resolve(settings().dataDir, name)

/**
 * This process's app.sqlite for writing; nothing can be saved without its thread, so the process
 * ends with it.
 */
export const useApp = (): Promise<Kysely<AppTables>> =>
  (app ??= openApp(fileOf('app.sqlite'), {
    checkpointOf: viewsFile(),
    onDeath(error) {
      console.error(`app.sqlite cannot be written any more: ${error.message}`)
      process.exit(1)
    },
  }))

/** This process's app.sqlite for reading; call it after useApp() has created the file. */
export const appReadOnly = (): Kysely<AppTables> => (reader ??= openAppReader(fileOf('app.sqlite')))

/** Closes every open database; call it last. */
export async function closeDatabases() {
  await reader?.destroy()
  await closeViews()
  await (await app)?.destroy()
  app = reader = undefined
}
