/** Is every fact as it was written, and is every file whole? Reads only, beside a running server too. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { connect } from '../db/connect'
import { START } from '../log/chain'
import { lastOf, verify as follow } from '../log/verify'
import { Complaint, type Command } from './command'
import { existingDataFolder } from './data-folder'

export const verify: Command = {
  says: 'checks the chain of the log and the files of the data folder',
  async run() {
    const dataDir = existingDataFolder(), found = ['log.sqlite', 'app.sqlite'].filter(name => existsSync(join(dataDir, name)))
    return [chain(join(dataDir, 'log.sqlite')), ...found.map(name => wholeness(dataDir, name))]
  },
}

function chain(file: string): string {
  const db = connect(file, { readOnly: true })
  try {
    const { damage, position } = follow(db, START, lastOf(db).position)
    if (damage) throw new Complaint(`The log is damaged at position ${damage.position}: ${damage.reason}. Up to ${position} it holds. Restore a backup; the server serves nothing after the damage.`)
    return `log: ${position} facts, the chain holds`
  } finally {
    db.close()
  }
}

export function wholeness(dataDir: string, name: string): string {
  const db = connect(join(dataDir, name), { readOnly: true })
  try {
    const complaints = db.prepare('PRAGMA integrity_check(5)').all().map(row => String(Object.values(row)[0]))
    if (complaints[0] !== 'ok') throw new Complaint(`${name} is damaged: ${complaints.join('; ')}. Restore a backup.`)
    return `${name}: whole`
  } finally {
    db.close()
  }
}
