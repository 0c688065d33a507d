/** Is every event as it was written, and is every file whole? Reads only, beside a running server too. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { connect } from '../db/connect'
import { truncated } from '../delivery/ledger/truncated-log'
import { lastOf, verifyAll } from '../log/sqlite/verify'
import { type Command, Complaint } from './command'
import { existingDataFolder } from './existing-data-folder'

type Database = ReturnType<typeof connect>

export const verify: Command = {
  says: 'checks the chain of the log and the files of the data folder',
  async run() {
    const dataDir = existingDataFolder()
    const found = ['log.sqlite', 'app.sqlite'].filter(name => existsSync(join(dataDir, name)))
    const lines = [
      chain(join(dataDir, 'log.sqlite')),
      ...found.map(name => checkIntegrity(dataDir, name)),
    ]
    if (found.includes('app.sqlite')) ends(dataDir)
    return lines
  },
}

function chain(file: string): string {
  const db = connect(file, { readOnly: true })
  try {
    return `log: ${checkChain(db)} events, the chain holds`
  } finally {
    db.close()
  }
}

function ends(dataDir: string) {
  const app = connect(join(dataDir, 'app.sqlite'), { readOnly: true })
  const log = connect(join(dataDir, 'log.sqlite'), { readOnly: true })
  try {
    refuseTruncated(app, log)
  } finally {
    app.close()
    log.close()
  }
}

/** How many events hold; throws Complaint where one does not. */
export function checkChain(log: Database): number {
  const { damage, position } = verifyAll(log)
  if (damage)
    throw new Complaint(
      `The log is damaged at position ${damage.position}: ${damage.reason}. Up to ${position} it holds. Restore a backup; the server serves nothing after the damage.`,
    )
  return position
}

/** A log that was emptied holds as a chain; the parts know that they have read more. They are asked first, for a running server goes on. */
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
    return `${name}: whole`
  } finally {
    db.close()
  }
}
