/** The tables of log.sqlite: the events, and how far their chain has been checked. */
import type { DatabaseSync } from 'node:sqlite'
import { NewerRelease } from '../../db/errors'
import type { StoredEvent } from '../stored-event'

const VERSION = 1

/** `data` comes last, so that a scan of other columns need not read the pages of a long review. */
const TABLES = `
  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    stream TEXT NOT NULL,
    version INTEGER NOT NULL,
    type TEXT NOT NULL,
    schema_version INTEGER NOT NULL,
    at TEXT NOT NULL,
    command_id TEXT,
    command_part INTEGER,
    hash TEXT NOT NULL,
    meta TEXT NOT NULL,
    data TEXT NOT NULL,
    UNIQUE (stream, version)
  ) STRICT;
  CREATE UNIQUE INDEX events_command ON events (command_id, command_part) WHERE command_id IS NOT NULL;
  CREATE TRIGGER facts_do_not_change BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events do not change'); END;
  CREATE TRIGGER facts_do_not_go BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events do not go'); END;
  CREATE TABLE checked (one INTEGER PRIMARY KEY CHECK (one = 1), position INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;
  PRAGMA user_version = ${VERSION};`

export const COLUMNS =
  'position, id, stream, version, type, schema_version AS schemaVersion, at, command_id AS commandId, meta, data, hash'

/** A function that writes one event; `part` counts the events of one command from 0. */
export function inserter(db: DatabaseSync): (row: StoredEvent, part: number) => void {
  const insert = db.prepare(
    'INSERT INTO events (position, id, stream, version, type, schema_version, at, command_id, command_part, meta, data, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  return (row, part) =>
    void insert.run(
      row.position,
      row.id,
      row.stream,
      row.version,
      row.type,
      row.schemaVersion,
      row.at,
      row.commandId,
      row.commandId && part,
      row.meta,
      row.data,
      row.hash,
    )
}

/** A function that returns how many events a stream has. */
export function versions(db: DatabaseSync): (stream: string) => number {
  const versionOf = db.prepare(
    'SELECT coalesce(max(version), 0) AS version FROM events WHERE stream = ?',
  )
  return stream => (versionOf.get(stream) as { version: number }).version
}

/** Creates the tables if they are missing. */
export function prepareFile(db: DatabaseSync) {
  const version = () => fileVersion(db)
  if (!version()) {
    db.exec('BEGIN IMMEDIATE')
    try {
      if (!version()) db.exec(TABLES) // another process may have been quicker
      db.exec('COMMIT')
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK')
      throw error
    }
  }
  const newer = tooNewFile(version())
  if (newer) throw new NewerRelease(newer)
}

/** 0 for a file without tables. */
export const fileVersion = (db: DatabaseSync): number =>
  (db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version

/** Why this release cannot read a log file of that version; undefined when it can. */
export const tooNewFile = (version: number): string | undefined =>
  version > VERSION
    ? `the log was written by a newer release (file version ${version}, this one knows ${VERSION})`
    : undefined
