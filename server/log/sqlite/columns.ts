/**
 * A row as SQLite returns it: an array, because naming every column of every row took longer than
 * reading it.
 */
import type { StoredEvent } from '../stored-event'

/** In the order of COLUMNS. */
export type Columns = [
  number,
  string,
  string,
  number,
  string,
  number,
  string,
  string | null,
  string,
  string,
  string,
]

export const rowOf = ([
  position,
  id,
  stream,
  version,
  type,
  schemaVersion,
  at,
  commandId,
  meta,
  data,
  hash,
]: Columns): StoredEvent => ({
  position,
  id,
  stream,
  version,
  type,
  schemaVersion,
  at,
  commandId,
  meta,
  data,
  hash,
})
