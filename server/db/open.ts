/**
 * The one place that opens databases: app.sqlite for what people gave us, views.sqlite for what can
 * be recomputed.
 */
import { rmSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Kysely } from 'kysely'
import { settings } from '../config/settings'
import { connect } from './connect'
import { onItsOwnThread, onThisThread } from './dialect'
import { isDamaged } from './errors'
import { migrateApp } from './migrate'
import { rewriteOnce } from './rewrite'
import type { AppTables } from './schema'

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

/**
 * Read models: on this thread, never waiting for the disk, so another connection must copy the
 * write-ahead log into the file (`checkpointOf`). A damaged file is thrown away.
 */
export function openViews<Tables>(file: string): Kysely<Tables> {
  // A row holds a whole review: with the usual 4 kB pages, most rows would take a page each and
  // leave it half empty.
  const options = { synchronous: 'NORMAL', checkpoints: false, pageSize: 8192 } as const
  try {
    return onThisThread(connect(file, options))
  } catch (error) {
    if (!isDamaged(error)) throw error
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true })
    return onThisThread(connect(file, options))
  }
}

let app: Promise<Kysely<AppTables>> | undefined
let reader: Kysely<AppTables> | undefined
let views: Kysely<unknown> | undefined
let viewsWriter: Kysely<unknown> | undefined
const fileOf = (name: string) => resolve(settings().dataDir, name)

/**
 * This process's app.sqlite for writing; nothing can be saved without its thread, so the process
 * ends with it.
 */
export const useApp = (): Promise<Kysely<AppTables>> =>
  (app ??= openApp(fileOf('app.sqlite'), {
    checkpointOf: fileOf('views.sqlite'),
    onDeath(error) {
      console.error(`app.sqlite cannot be written any more: ${error.message}`)
      process.exit(1)
    },
  }))

/** This process's app.sqlite for reading; call it after useApp() has created the file. */
export const appReadOnly = (): Kysely<AppTables> => (reader ??= openAppReader(fileOf('app.sqlite')))

/**
 * Only for the projector: a page that reads meanwhile sees the state before or after a batch, never
 * half of one.
 */
export const useViewsWriter = <Tables>() =>
  (viewsWriter ??= openViews(fileOf('views.sqlite'))) as Kysely<Tables>

/** This process's views.sqlite for reading; `queries/` knows its tables. */
export const useViewsReader = <Tables>() =>
  (views ??= openViews(fileOf('views.sqlite'))) as Kysely<Tables>

/** Closes every open database; call it last. */
export async function closeDatabases() {
  await reader?.destroy()
  await views?.destroy()
  await viewsWriter?.destroy()
  await (await app)?.destroy()
  app = reader = views = viewsWriter = undefined
}
