/** The log of this process. */
import { join } from 'node:path'
import { settings } from '../config/settings'
import type { EventLog } from './event-log'
import { openSqliteLog } from './sqlite/sqlite'

let log: EventLog | undefined

/** Opened at the first call; its opener's errors are thrown again at each call until it opens. */
export const useLog = (): EventLog =>
  (log ??= openSqliteLog(join(settings().dataDir, 'log.sqlite')))

/** Closes what was opened; the next useLog() opens it anew. */
export async function closeLog() {
  const open = log
  log = undefined
  await open?.close()
}
