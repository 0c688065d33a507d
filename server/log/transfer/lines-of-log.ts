/** A log as lines of text, each with the key of its text if it is the first that needs it. */
import type { DatabaseSync } from 'node:sqlite'
import { LogDamaged } from '../event-log'
import { link, START } from '../hash-chain'
import { keyFinder } from '../sealing/key-file'
import { keyIdIn } from '../sealing/survey'
import { faultOf } from '../sealing/text-reader'
import { COLUMNS } from '../sqlite/schema'
import type { Head, StoredEvent } from '../stored-event'
import { toLine } from './ndjson'

/**
 * Every event up to `head`, oldest first. Keys of erased reviews stay behind. Throws LogDamaged where
 * the chain breaks, or a key is not right.
 */
export function* linesOfLog(
  db: DatabaseSync,
  head: Head,
  keys: DatabaseSync | undefined,
): Generator<string> {
  const keyFor = keyTeller(db, keys)
  let before: Head = START
  for (const found of db
    .prepare(`SELECT ${COLUMNS} FROM events WHERE position <= ? ORDER BY position`)
    .iterate(head.position)) {
    const row = found as unknown as StoredEvent
    if (row.position !== before.position + 1) break
    if (link(before.hash, row) !== row.hash)
      throw new LogDamaged(row.position, 'its hash does not match its content')
    before = row
    yield toLine(row, { last: row.position === head.position, key: keyFor(row) })
  }
  if (before.position !== head.position) throw new LogDamaged(before.position + 1, 'it is missing')
}

/** A function that returns each key once, with the first event that needs it. */
function keyTeller(db: DatabaseSync, keys: DatabaseSync | undefined) {
  const find = keys ? keyFinder(keys) : () => undefined
  const told = new Set<string>()
  const erased = new Set(
    db
      .prepare("SELECT stream FROM events WHERE type = 'ReviewErased'")
      .all()
      .map(row => row.stream),
  )
  return ({ position, stream, data }: StoredEvent): Buffer | undefined => {
    const id = keyIdIn(data)
    if (!id || told.has(id)) return undefined
    told.add(id)
    if (erased.has(stream)) return undefined
    const row = find(id)
    const fault = faultOf(id, row)
    if (fault) throw new LogDamaged(position, fault)
    if (!row?.key)
      throw new LogDamaged(position, 'its text was erased just now; export the log once more')
    return row.key
  }
}
