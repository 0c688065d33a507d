/**
 * One SQLite connection: pragmas in the right order, values bound as types that SQLite knows,
 * statements prepared once.
 */
import { dirname, resolve } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import type { QueryResult } from 'kysely'
import { makePrivateFolder } from '../config/private-folder'
import { isBusyOrFull } from './errors'

export interface ConnectionOptions {
  readOnly?: boolean
  /**
   * FULL: on disk before the answer. NORMAL: consistent, but the last moments may be lost in a
   * power cut.
   */
  synchronous?: 'FULL' | 'NORMAL'
  /** In bytes; only matters for a file that is created now. */
  pageSize?: number
  /** False leaves it to another connection to copy the write-ahead log into the file. */
  checkpoints?: boolean
  /** Overwrites what is deleted with zeros; for files that hold what people gave us. */
  secureDelete?: boolean
}

/** How long a statement waits for another writer. */
export const PATIENCE = 'PRAGMA busy_timeout = 5000'

/**
 * Opens a file (or ':memory:') in WAL mode, creating its folder if necessary; waits up to 5 s for
 * another writer.
 */
export function connect(
  file: string,
  {
    readOnly = false,
    synchronous = 'FULL',
    pageSize = 4096,
    checkpoints = true,
    secureDelete = false,
  }: ConnectionOptions = {},
): DatabaseSync {
  if (file !== ':memory:' && !readOnly) makePrivateFolder(dirname(resolve(file)))
  const db = new DatabaseSync(file, { readOnly, enableForeignKeyConstraints: true })
  try {
    db.exec(PATIENCE) // before journal_mode, which itself needs the lock
    if (!readOnly)
      db.exec(
        `PRAGMA page_size = ${pageSize}; PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous}; PRAGMA secure_delete = ${secureDelete ? 'ON' : 'OFF'}; ${checkpoints ? '' : 'PRAGMA wal_autocheckpoint = 0'}`,
      )
    db.prepare('SELECT count(*) FROM sqlite_schema').get()
  } catch (error) {
    db.close()
    throw error
  }
  return db
}

/**
 * True while another process has the file open: an exclusive lock on a WAL file fails as long as it
 * is shared.
 */
export function isInUse(file: string): boolean {
  const db = new DatabaseSync(file)
  try {
    db.exec('PRAGMA busy_timeout = 200; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT')
    return false
  } catch (error) {
    if (!isBusyOrFull(error)) throw error
    return true
  } finally {
    db.close()
  }
}

/**
 * Copies the write-ahead log into the file and empties it, without waiting; false while another
 * connection still reads from it.
 */
export function emptyWriteAheadLog(db: DatabaseSync): boolean {
  db.exec('PRAGMA busy_timeout = 0')
  try {
    const { busy } = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { busy: number }
    return busy === 0
  } finally {
    db.exec(PATIENCE)
  }
}

const prepared = new WeakMap<DatabaseSync, Map<string, StatementSync>>()
const MOST_STATEMENTS = 300

/**
 * Runs one statement; whether it returns rows is asked of the statement itself, not guessed from
 * its text.
 */
export function execute(
  db: DatabaseSync,
  sql: string,
  parameters: readonly unknown[],
): QueryResult<unknown> {
  // A transaction takes the write lock at once: one that starts as a reader and writes later fails
  // instead of waiting.
  const statement = prepare(db, sql === 'begin' ? 'begin immediate' : sql)
  const values = parameters.map(bindable)
  if (statement.columns().length) return { rows: statement.all(...values) }
  const { changes, lastInsertRowid } = statement.run(...values)
  return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
}

function prepare(db: DatabaseSync, sql: string): StatementSync {
  let statements = prepared.get(db)
  if (!statements) prepared.set(db, (statements = new Map()))
  let statement = statements.get(sql)
  if (statement) return statement
  if (statements.size >= MOST_STATEMENTS) statements.clear()
  statements.set(sql, (statement = db.prepare(sql)))
  return statement
}

/** Booleans as 0 and 1, dates as ISO 8601, undefined as NULL. */
function bindable(value: unknown): SQLInputValue {
  if (value === undefined || value === null) return null
  if (typeof value === 'boolean') return value ? 1 : 0
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'object' && !ArrayBuffer.isView(value))
    throw new TypeError('an object is not an SQL value; JSON.stringify it')
  return value as SQLInputValue
}
