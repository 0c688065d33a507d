/**
 * Checks that every event is as it was written, every database is intact, and every read model is
 * what the log adds up to. Only reads, so the server may be running.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { connect } from '../db/connect'
import { truncated } from '../delivery/ledger/truncated-log'
import { lastOf, verifyAll } from '../log/sqlite/verify'
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
      chain(join(dataDir, 'log.sqlite')),
      ...found.map(name => checkIntegrity(dataDir, name)),
    ]
    if (found.includes('app.sqlite')) checkEnd(dataDir)
    return [...lines, ...(await verifyReadModels(dataDir))]
  },
}

function chain(file: string): string {
  const db = connect(file, { readOnly: true })
  try {
    return `log: ${checkChain(db)} events, the hash chain is intact`
  } finally {
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

/** The number of intact events; throws Complaint at the first damaged one. */
export function checkChain(log: Database): number {
  const { damage, position } = verifyAll(log)
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
