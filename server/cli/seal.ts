/**
 * Seals the texts that an older release left readable on the log. The log is written anew beside the
 * old one, with the same positions and ids, and takes its place when it is complete.
 */
import { join } from 'node:path'
import { connect, emptyWriteAheadLog, isInUse } from '../db/connect'
import { openKeys } from '../log/sealing/key-file'
import { startSurvey } from '../log/sealing/survey'
import { COLUMNS, prepareFile } from '../log/sqlite/schema'
import { lastOf } from '../log/sqlite/verify'
import type { StoredEvent } from '../log/stored-event'
import { carrier } from '../log/transfer/carrier'
import { BadEvent } from '../log/transfer/ndjson'
import { writeAtomically } from './atomic-write'
import { type Command, Complaint, progress } from './command'
import { existingDataFolder } from './existing-data-folder'
import { checkChain, refuseWrongKeys } from './verify'

type Database = ReturnType<typeof connect>

export const seal: Command = {
  says: 'seals the texts that an older release left readable on the log; stop the server first',
  async run() {
    const file = join(existingDataFolder(), 'log.sqlite')
    if (isInUse(file))
      throw new Complaint('The server is running. Stop it, seal, then start it again.')
    const keys = openKeys(join(existingDataFolder(), 'keys.sqlite'))
    try {
      if (!countPlain(file, keys)) return ['Every text on the log is sealed.']
      const { sealed, position } = await writeAtomically(file, 'file', draft =>
        sealInto(draft, file, keys),
      )
      return [
        `${sealed} texts sealed. The log still has ${position} events, at the same positions; from the first sealed one on, the hashes are new.`,
      ]
    } finally {
      keys.close()
    }
  },
}

/** Throws Complaint for a damaged log. */
function countPlain(file: string, keys: Database): number {
  const log = connect(file)
  try {
    const { survey, see } = startSurvey(keys)
    checkChain(log, see)
    refuseWrongKeys(survey)
    // What is in the write-ahead log would be lost with the file that it belongs to.
    if (!emptyWriteAheadLog(log)) throw new Complaint('The log is being read. Try again.')
    return survey.plain
  } finally {
    log.close()
  }
}

async function sealInto(draft: string, file: string, keys: Database) {
  const from = connect(file)
  const to = connect(draft)
  try {
    prepareFile(to)
    const carried = carrier(to, keys)
    const say = progress()
    const { position: end } = lastOf(from)
    for (const found of from.prepare(`SELECT ${COLUMNS} FROM events ORDER BY position`).iterate()) {
      const row = found as unknown as StoredEvent
      say(() => `${row.position} of ${end} events`)
      carried.takeRow(row, row.position === end)
    }
    const { head, sealed } = carried.end()
    carried.keep()
    return { sealed, position: head.position }
  } catch (error) {
    throw error instanceof BadEvent
      ? new Complaint(`${error.message}. Nothing was changed.`)
      : error
  } finally {
    to.close()
    from.close()
  }
}
