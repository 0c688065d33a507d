/**
 * Group commit: requests that arrive while the disk is busy are written in one transaction, and one
 * that fails does not fail its neighbours.
 */
import type { DatabaseSync } from 'node:sqlite'
import { isBusyOrFull, isDamaged, isDiskFault } from '../../db/errors'
import { VersionConflict } from '../event-log'
import { place } from '../row'
import { sealMembers } from '../sealing/sealed-event'
import type { Sealer } from '../sealing/sealer'
import type { AppendRequest, Head, StoredEvent } from '../stored-event'
import { inserter, versions } from './schema'
import { lastOf } from './verify'

/**
 * `rows` come without their data. `repeated`: the command was carried out before, and its events are in
 * the file. `refused`: the request itself is at fault.
 */
export type Outcome =
  { rows: StoredEvent[] } | { repeated: true } | { conflict: number } | { refused: string }

/**
 * A function that appends all requests and returns after the fsync, with one outcome each. If it
 * throws, none of them was written.
 */
export function committer(
  db: DatabaseSync,
  sealer: Sealer,
): (requests: AppendRequest[]) => Outcome[] {
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  const savepoint = db.prepare('SAVEPOINT one')
  const release = db.prepare('RELEASE one')
  const takeBack = db.prepare('ROLLBACK TO one')
  const commandExists = db.prepare('SELECT 1 FROM events WHERE command_id = ?')
  const versionOf = versions(db)
  const insert = inserter(db)
  let head: Head

  function append(request: AppendRequest): Outcome {
    const before = head
    savepoint.run()
    try {
      const outcome = appendOne(request)
      release.run()
      return outcome
    } catch (error) {
      if ([isBusyOrFull, isDiskFault, isDamaged].some(is => is(error))) throw error // concerns the neighbours too
      takeBack.run()
      release.run()
      head = before
      return error instanceof VersionConflict
        ? { conflict: error.actual }
        : { refused: (error as Error).message }
    }
  }

  function appendOne(request: AppendRequest): Outcome {
    if (request.commandId !== null && commandExists.get(request.commandId))
      return { repeated: true }
    const { stream } = request
    const version = versionOf(stream)
    const rows = place(request, head, version, event =>
      sealMembers(event, text => sealer.seal(stream, text, version === 0)),
    )
    rows.forEach(insert)
    head = rows.at(-1) ?? head
    // Whoever asked still has the text, so the sealed one need not be copied to the main thread.
    for (const row of rows) row.data = ''
    return { rows }
  }

  return requests => {
    begin.run()
    try {
      head = lastOf(db)
      const outcomes = requests.map(append)
      commit.run()
      return outcomes
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK')
      throw error
    }
  }
}
