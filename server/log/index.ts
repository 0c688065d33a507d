/** This process's log. */
import { join } from 'node:path'
import { settings } from '../config/settings'
import type { EventLog } from './event-log'
import { openSqliteLog } from './sqlite/sqlite'

let log: EventLog | undefined

/** Opened on the first call; if that throws, the next call tries again. */
export const useLog = (): EventLog =>
  (log ??= openSqliteLog(join(settings().dataDir, 'log.sqlite')))

/** Closes the log if it is open; the next useLog() opens it again. */
export async function closeLog() {
  const open = log
  log = undefined
  await open?.close()
}
