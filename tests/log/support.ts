/** Files for the log's tests, and other processes that write to them. */
import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { bundle } from '../../bench/bundle'
import { COLUMNS } from '../../server/log/sqlite/schema'
import type { Stored } from './contract'

export const newFile = () => join(mkdtempSync(join(tmpdir(), 'mymovies-log-')), 'log.sqlite')

/** Does to a file what the log itself never would. */
export function tamper(file: string, sql: string) {
  const db = new DatabaseSync(file)
  db.exec(
    `DROP TRIGGER IF EXISTS facts_do_not_change; DROP TRIGGER IF EXISTS facts_do_not_go; ${sql}`,
  )
  db.close()
}

/** The rows as they are stored, sealed, with their JSON parsed. */
export function storedIn(file: string): Stored[] {
  const db = new DatabaseSync(file, { readOnly: true })
  const rows = db.prepare(`SELECT ${COLUMNS} FROM events ORDER BY position`).all()
  db.close()
  return rows.map(row => ({
    ...(row as unknown as Stored),
    data: JSON.parse(String(row.data)),
    meta: JSON.parse(String(row.meta)),
  }))
}

export interface Appender {
  /** Ids that it printed as acknowledged. */
  acknowledged: string[]
  kill: () => void
  /** Exit code or signal, and what it printed on stderr. */
  ended: Promise<{ how: number | NodeJS.Signals; complaint: string }>
}

let script: Promise<string> | undefined

/**
 * Starts appender.ts. `onAck` is called as early as possible; `limit` is the largest file it may
 * write, in units of 512 bytes.
 */
export async function startAppender(
  file: string,
  {
    times = 1e9,
    atOnce = 8,
    limit = 'unlimited',
    onAck = () => {},
  }: {
    times?: number
    atOnce?: number
    limit?: number | 'unlimited'
    onAck?: (appender: Appender) => void
  },
): Promise<Appender> {
  script ??= bundle('appender', `import './tests/log/sqlite/appender.ts'`, resolve('.cache/tests'))
  const child = spawn('sh', [
    '-c',
    `ulimit -f ${limit}; exec "$@"`,
    'sh',
    process.execPath,
    await script,
    file,
    String(times),
    String(atOnce),
  ])
  const appender: Appender = {
    acknowledged: [],
    kill: () => child.kill('SIGKILL'),
    ended: new Promise(resolve => {
      child.once('close', (code, signal) => {
        appender.acknowledged = printed.split('\n').slice(0, -1)
        resolve({ how: signal ?? code!, complaint })
      })
    }),
  }
  let printed = ''
  let complaint = ''
  child.stderr.on('data', text => (complaint += text))
  child.stdout.on('data', text => {
    printed += text
    appender.acknowledged = printed.split('\n').slice(0, -1)
    onAck(appender)
  })
  return appender
}
