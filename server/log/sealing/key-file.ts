/**
 * keys.sqlite: the keys of sealed texts. It lies beside the log, never in it, so that a key can be
 * destroyed while the log stays as it is.
 */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { connect, emptyWriteAheadLog } from '../../db/connect'

/** A key that was destroyed leaves its name, so that a key that is merely missing shows as damage. */
const TABLE = `
  CREATE TABLE IF NOT EXISTS keys (
    id TEXT PRIMARY KEY,
    key BLOB,
    erased_at TEXT,
    CHECK ((key IS NULL) = (erased_at IS NOT NULL))
  ) STRICT, WITHOUT ROWID`

export const KEYS = 'keys.sqlite'

/** Beside the log with this file name. */
export const keyFileOf = (logFile: string) => join(dirname(logFile), KEYS)

/** Opens it for writing; creates it if it is missing. */
export function openKeys(file: string): DatabaseSync {
  const db = connect(file, { secureDelete: true })
  db.exec(TABLE)
  return db
}

/** Undefined where there is none: no text of such a log was ever sealed. */
export const openKeysToRead = (file: string): DatabaseSync | undefined =>
  existsSync(file) ? connect(file, { readOnly: true }) : undefined

/** `key` is null once it was destroyed. */
export interface KeyRow {
  id: string
  key: Buffer | null
}

/** A function that looks a key up by its name. */
export function keyFinder(db: DatabaseSync): (id: string) => KeyRow | undefined {
  const find = db.prepare('SELECT id, key FROM keys WHERE id = ?')
  return id => {
    const row = find.get(id) as { id: string; key: Uint8Array | null } | undefined
    return row && { id: row.id, key: row.key && Buffer.from(row.key) }
  }
}

/** How many keys were destroyed so far. */
export const countErased = (db: DatabaseSync): number =>
  Number(db.prepare('SELECT count(*) AS n FROM keys WHERE key IS NULL').get()!.n)

/** On disk when it returns. */
export function addKeys(db: DatabaseSync, keys: readonly KeyRow[], now = new Date()) {
  const insert = db.prepare(
    'INSERT INTO keys (id, key, erased_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  )
  atOnce(db, () => {
    for (const { id, key } of keys) insert.run(id, key, key ? null : now.toISOString())
  })
}

/** Of keys that nothing was sealed with. */
export function removeKeys(db: DatabaseSync, ids: readonly string[]) {
  const remove = db.prepare('DELETE FROM keys WHERE id = ?')
  atOnce(db, () => {
    for (const id of ids) remove.run(id)
  })
}

/** In one transaction, so that the disk is waited for once. */
function atOnce(db: DatabaseSync, write: () => void) {
  db.exec('BEGIN IMMEDIATE')
  try {
    write()
    db.exec('COMMIT')
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
}

const MOST_TRIES = 20
const PAUSE_MS = 50

/**
 * Destroys keys: overwritten in the file, gone from the write-ahead log. As in db/erase-traces.ts, the
 * file is rewritten if SQLite left a copy in the unused middle of a page.
 */
export function destroyKeys(db: DatabaseSync, file: string, ids: readonly string[], at: string) {
  const find = keyFinder(db)
  const keys = ids.flatMap(id => find(id)?.key ?? [])
  const destroy = db.prepare(
    'UPDATE keys SET key = NULL, erased_at = ? WHERE id = ? AND key NOT NULL',
  )
  for (const id of ids) destroy.run(at, id)
  emptyPatiently(db)
  const bytes = readFileSync(file)
  if (!keys.some(key => bytes.includes(key))) return
  db.exec('VACUUM')
  emptyPatiently(db)
}

/** Others read for moments only; a backup reads for longer, and then the next call empties it. */
function emptyPatiently(db: DatabaseSync) {
  const cell = new Int32Array(new SharedArrayBuffer(4))
  for (let tries = 0; tries < MOST_TRIES && !emptyWriteAheadLog(db); tries++)
    Atomics.wait(cell, 0, 0, PAUSE_MS)
}
