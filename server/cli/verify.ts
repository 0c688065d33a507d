/**
 * Checks that every event is as it was written, every database is intact, and every read model is
 * what the log adds up to. Only reads, so the server may be running.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { connect } from '../db/connect'
import { truncated } from '../delivery/ledger/truncated-log'
import { keyFileOf, KEYS, openKeysToRead } from '../log/sealing/key-file'
import { startSurvey, type Survey } from '../log/sealing/survey'
import { lastOf, verifyAll } from '../log/sqlite/verify'
import type { StoredEvent } from '../log/stored-event'
import { type Command, Complaint } from './command'
import { existingDataFolder } from './existing-data-folder'
import { verifyReadModels } from './verify-read-models'

type Database = ReturnType<typeof connect>

export const verify: Command = {
  says: 'checks the hash chain of the log, the databases, and every read model against the log',
  async run() {
    const dataDir = existingDataFolder()
    const found = ['log.sqlite', 'app.sqlite'].filter(name => existsSync(join(dataDir, name)))
    const lines = [
      ...chain(join(dataDir, 'log.sqlite')),
      ...found.map(name => checkIntegrity(dataDir, name)),
    ]
    if (existsSync(join(dataDir, KEYS))) checkIntegrity(dataDir, KEYS)
    if (found.includes('app.sqlite')) checkEnd(dataDir)
    return [...lines, ...(await verifyReadModels(dataDir))]
  },
}

function chain(file: string): string[] {
  const db = connect(file, { readOnly: true })
  const keys = openKeysToRead(keyFileOf(file))
  try {
    const { survey, see } = startSurvey(keys)
    const events = checkChain(db, see)
    refuseWrongKeys(survey)
    return [`log: ${events} events, the hash chain is intact`, ...textsOf(survey)]
  } finally {
    keys?.close()
    db.close()
  }
}

function checkEnd(dataDir: string) {
  const app = connect(join(dataDir, 'app.sqlite'), { readOnly: true })
  const log = connect(join(dataDir, 'log.sqlite'), { readOnly: true })
  try {
    refuseTruncated(app, log)
  } finally {
    app.close()
    log.close()
  }
}

/** Throws Complaint if a text cannot be opened although it was not erased. */
export function refuseWrongKeys({ damage }: Survey) {
  if (damage)
    throw new Complaint(
      `The text at position ${damage.position} cannot be read: ${damage.reason}. Restore keys.sqlite from a backup; the server serves nothing after the damage.`,
    )
}

/** Nothing if every text is sealed. */
function textsOf({ sealed, erased, plain }: Survey): string[] {
  if (!erased && !plain) return []
  const counts = [
    `${sealed} sealed`,
    `${erased} erased`,
    ...(plain ? [`${plain} plain, written by an older release (\`seal\` seals them)`] : []),
  ]
  return [`texts: ${counts.join(', ')}`]
}

/** The number of intact events; throws Complaint at the first damaged one. */
export function checkChain(log: Database, see?: (event: StoredEvent) => void): number {
  const { damage, position } = verifyAll(log, see)
  if (damage)
    throw new Complaint(
      `The log is damaged at position ${damage.position}: ${damage.reason}. It is intact up to ${position}. Restore a backup; the server serves nothing after the damage.`,
    )
  return position
}

/**
 * A truncated log is still an intact chain, but the parts know that they have read more. They are
 * asked first, because a running server goes on.
 */
export function refuseTruncated(app: Database, log: Database) {
  const read = Number(
    app.prepare('SELECT max(checkpoint) AS position FROM consumers').get()!.position ?? 0,
  )
  const wrong = truncated(lastOf(log).position, read)
  if (wrong) throw new Complaint(`${wrong}.`)
}

export function checkIntegrity(dataDir: string, name: string): string {
  const db = connect(join(dataDir, name), { readOnly: true })
  try {
    const complaints = db
      .prepare('PRAGMA integrity_check(5)')
      .all()
      .map(row => String(Object.values(row)[0]))
    if (complaints[0] !== 'ok')
      throw new Complaint(`${name} is damaged: ${complaints.join('; ')}. Restore a backup.`)
    return `${name}: intact`
  } finally {
    db.close()
  }
}
