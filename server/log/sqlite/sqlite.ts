/**
 * The log in one SQLite file: written by a thread of its own, with an fsync before every answer,
 * and read on this one.
 */
import { connect } from '../../db/connect'
import { isBusyOrFull } from '../../db/errors'
import { type EventLog, LogUnavailable } from '../event-log'
import { toRequest } from '../row'
import { keyFileOf, openKeys } from '../sealing/key-file'
import { Waiters } from '../waiters'
import { Reader } from './reader'
import { prepareFile } from './schema'
import { inspect, type Inspection } from './verify'
import { Writer } from './writer'

export interface SqliteLogOptions {
  /** How long to wait for another process that is writing before LogUnavailable, in ms. */
  busyTimeout?: number
  /**
   * The most pages (4 KiB each) that the file may have: a log that would outgrow them is as
   * unavailable as on a full disk.
   */
  maxPages?: number
  /**
   * ms to wait before checking the events that were not checked at opening; this keeps startup
   * quick.
   */
  checkAfter?: number
}

/** ms between two looks for events appended by other processes; one look costs 3 µs. */
const LOOK = 10

/**
 * Opens or creates the file and checks the tail of its chain before it returns. Throws
 * LogUnavailable. A failing disk ends the process with code 1.
 */
export function openSqliteLog(
  file: string,
  { busyTimeout = 5000, maxPages, checkAfter = 1000 }: SqliteLogOptions = {},
): EventLog {
  const inspection = firstLook(file)
  const keyFile = keyFileOf(file)
  const reader = new Reader(file, keyFile, busyTimeout)
  if (inspection.damage) reader.found(inspection.damage)
  const waiters = new Waiters()
  const writer = new Writer(
    { file, keyFile, busyTimeout, maxPages, inspection, checkAfter },
    {
      onDamage: damage => reader.found(damage),
      onDamagedAppend: reason => reader.found({ position: reader.head() + 1, reason }),
      onFatal(reason) {
        console.error(`the log cannot be written any more: ${reason}`)
        process.exit(1)
      },
    },
  )
  let looking: NodeJS.Timeout | undefined
  let closing: Promise<void> | undefined

  function look() {
    looking = undefined
    try {
      waiters.wake(reader.head())
    } catch {
      /* a waiter gets the error at the end of its wait */
    }
    if (waiters.anybody) looking = setTimeout(look, LOOK)
  }

  return {
    async append(stream, expected, events, { commandId } = {}) {
      if (closing) throw new Error('the log is closed')
      reader.throwIfDamaged()
      const appended = await writer.append(toRequest(stream, expected, events, commandId))
      if (!appended) return { events: reader.command(commandId!), repeated: true }
      if (appended.length) waiters.wake(appended.at(-1)!.position)
      return { events: appended, repeated: false }
    },
    read: async ({ limit = 500, ...query }) =>
      reader.page({ ...query, limit: Math.min(limit, 5000) }),
    countTypes: async ({ after, limit }) => reader.countTypes(after, limit),
    readStream: async stream => reader.stream(stream),
    isSealed: async stream => reader.isSealed(stream),
    async erase(stream) {
      if (closing) throw new Error('the log is closed')
      await writer.erase(stream)
      reader.forgetKeys()
    },
    head: async () => reader.head(),
    async wait(position, timeout = 5000) {
      const head = reader.head()
      if (head > position) return head
      looking ??= setTimeout(look, LOOK)
      return waiters.wait(position, timeout, () => reader.head())
    },
    close: () => (closing ??= end()),
  }

  /**
   * The writing connection closes last, because the last one to close copies the write-ahead log
   * into the file.
   */
  async function end() {
    await writer.idle()
    clearTimeout(looking)
    waiters.end(reader.head())
    reader.close()
    await writer.close()
  }
}

function firstLook(file: string): Inspection {
  const db = connect(file)
  try {
    prepareFile(db)
    openKeys(keyFileOf(file)).close()
    return inspect(db)
  } catch (error) {
    throw isBusyOrFull(error) ? new LogUnavailable((error as Error).message) : error
  } finally {
    db.close()
  }
}
