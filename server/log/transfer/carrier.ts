/**
 * Carries all events into another, empty log; the hash chain is verified on the way. What came in
 * plain text is sealed, and from there on the events have new hashes.
 */
import type { DatabaseSync } from 'node:sqlite'
import { isConstraint } from '../../db/errors'
import { link } from '../hash-chain'
import { inserter, versions } from '../sqlite/schema'
import { lastOf } from '../sqlite/verify'
import type { Head, StoredEvent } from '../stored-event'
import { keyCarrier } from './key-carrier'
import { BadEvent, fromLine } from './ndjson'

/** An event as a reader sees it; of an erased one, with stand-ins. */
export interface Carried {
  type: string
  data: object
}

/**
 * `take` and `takeRow` return the event, `end` the head of the log after the last one, and how many texts
 * were sealed; they throw BadEvent. Nothing stays in the files unless `keep` is called.
 */
export interface Carrier {
  take: (line: string) => Carried
  takeRow: (row: StoredEvent, last: boolean, key?: Buffer) => Carried
  end: () => { head: Head; sealed: number }
  keep: () => void
  drop: () => void
}

/** For an empty log, whose file is locked for writing until `keep` or `drop`, and its keys. */
export function carrier(db: DatabaseSync, keys: DatabaseSync): Carrier {
  db.exec('BEGIN IMMEDIATE')
  const insert = inserter(db)
  const versionOf = versions(db)
  const carried = keyCarrier(keys)
  let head: Head = lastOf(db)
  /** The last event as it came: its hash is another as soon as something was sealed. */
  let given = head
  let before: StoredEvent | undefined
  let part = 0
  let sealed = 0
  let complete = false

  function takeRow(row: StoredEvent, last: boolean, key?: Buffer): Carried {
    if (complete) throw new BadEvent('it comes after the event that is marked as the last')
    if (row.position !== given.position + 1)
      throw new BadEvent(`position ${row.position} is where ${given.position + 1} should be`)
    if (link(given.hash, row) !== row.hash)
      throw new BadEvent('its hash does not match its content and the event before')
    if (row.version !== versionOf(row.stream) + 1)
      throw new BadEvent(`version ${row.version} of ${row.stream} is not the next one`)
    const { data, seen } = carried.take(row, key)
    if (data !== row.data) sealed++
    store({ ...row, data, hash: link(head.hash, { ...row, data }) })
    given = row
    complete = last
    return { type: row.type, data: seen }
  }

  function store(row: StoredEvent) {
    part = row.commandId !== null && row.commandId === before?.commandId ? part + 1 : 0
    try {
      insert(row, part)
    } catch (error) {
      throw isConstraint(error)
        ? new BadEvent(`its id or its command is in the log already (${(error as Error).message})`)
        : error
    }
    head = before = row
  }

  return {
    takeRow,
    take(line) {
      const { row, last, key } = fromLine(line)
      return takeRow(row, last, key)
    },
    end() {
      if (!complete)
        throw new BadEvent(
          head.position
            ? `the file ends after position ${head.position}, which is not marked as the last event: it was cut`
            : 'there is no event in it',
        )
      carried.end()
      return { head: { position: head.position, hash: head.hash }, sealed }
    },
    keep() {
      carried.keep()
      db.exec('COMMIT')
    },
    drop() {
      if (db.isTransaction) db.exec('ROLLBACK')
    },
  }
}
