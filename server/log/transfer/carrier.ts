/**
 * Carries all events out of one log and into another, empty one; the hash chain is verified both
 * ways.
 */
import type { DatabaseSync } from 'node:sqlite'
import { isConstraint } from '../../db/errors'
import { LogDamaged } from '../event-log'
import { link, START } from '../hash-chain'
import { COLUMNS, inserter, versions } from '../sqlite/schema'
import { lastOf } from '../sqlite/verify'
import type { Head, StoredEvent } from '../stored-event'
import { BadEvent, fromLine, toLine } from './ndjson'

/** Every event up to `head` as a line, oldest first; throws LogDamaged where the chain breaks. */
export function* linesOfLog(db: DatabaseSync, head: Head): Generator<string> {
  let before: Head = START
  for (const found of db
    .prepare(`SELECT ${COLUMNS} FROM events WHERE position <= ? ORDER BY position`)
    .iterate(head.position)) {
    const row = found as unknown as StoredEvent
    if (row.position !== before.position + 1) break
    if (link(before.hash, row) !== row.hash)
      throw new LogDamaged(row.position, 'its hash does not match its content')
    before = row
    yield toLine(row, row.position === head.position)
  }
  if (before.position !== head.position) throw new LogDamaged(before.position + 1, 'it is missing')
}

/**
 * `take` returns the event of one line, `end` the head of the log after the last one; both throw
 * BadEvent. Nothing stays in the file unless `keep` is called.
 */
export interface Carrier {
  take: (line: string) => StoredEvent
  end: () => Head
  keep: () => void
  drop: () => void
}

/** For an empty log; its file is locked for writing until `keep` or `drop`. */
export function carrier(db: DatabaseSync): Carrier {
  db.exec('BEGIN IMMEDIATE')
  const insert = inserter(db)
  const versionOf = versions(db)
  let head: Head = lastOf(db)
  let before: StoredEvent | undefined
  let part = 0
  let complete = false

  function take(line: string): StoredEvent {
    if (complete) throw new BadEvent('it comes after the event that is marked as the last')
    const { row, last } = fromLine(line)
    if (row.position !== head.position + 1)
      throw new BadEvent(`position ${row.position} is where ${head.position + 1} should be`)
    if (link(head.hash, row) !== row.hash)
      throw new BadEvent('its hash does not match its content and the event before')
    if (row.version !== versionOf(row.stream) + 1)
      throw new BadEvent(`version ${row.version} of ${row.stream} is not the next one`)
    part = row.commandId !== null && row.commandId === before?.commandId ? part + 1 : 0
    try {
      insert(row, part)
    } catch (error) {
      throw isConstraint(error)
        ? new BadEvent(`its id or its command is in the log already (${(error as Error).message})`)
        : error
    }
    head = before = row
    complete = last
    return row
  }

  return {
    take,
    end() {
      if (!complete)
        throw new BadEvent(
          head.position
            ? `the file ends after position ${head.position}, which is not marked as the last event: it was cut`
            : 'there is no event in it',
        )
      return { position: head.position, hash: head.hash }
    },
    keep: () => db.exec('COMMIT'),
    drop() {
      if (db.isTransaction) db.exec('ROLLBACK')
    },
  }
}
