/** Takes an exported log into an empty one, event by event in one transaction: the first line that does not hold is named, and then nothing has happened. */
import { closeSync, createReadStream, existsSync, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { prepareDataFolder } from '../config/data-folder'
import { settings } from '../config/settings'
import { connect, isInUse } from '../db/connect'
import { useApp } from '../db/open'
import { canSend } from '../delivery/contract/part-settings'
import { everyReactor } from '../delivery/contract/registry'
import { startAtHead } from '../delivery/ledger/lease'
import { NotUtf8 } from '../kit/line-reader'
import type { Head } from '../log/stored-event'
import { prepareFile } from '../log/sqlite/schema'
import { lastOf } from '../log/sqlite/verify'
import { carrier } from '../log/transfer/carrier'
import { capCheckpoints, pauseEveryPart } from '../operations/pause-all'
import { carryLines } from './carry-lines'
import { type Command, Complaint } from './command'

export const importLog: Command = {
  usage: 'FILE',
  says: 'takes an exported log into an empty one; - is the standard input; stop the server first',
  missing:
    'Which one? `import FILE` takes a file that `export` made; `import -` reads the standard input.',
  async run([file = '']) {
    const { dataDir } = settings()
    const target = join(dataDir, 'log.sqlite')
    const isNew = !existsSync(target)
    const handle = file === '-' ? undefined : openSync(file, 'r')
    prepareDataFolder()
    try {
      if (!isNew && isInUse(target))
        throw new Complaint('The server is running. Stop it, import, start it again.')
      const { position, hash } = await into(
        target,
        handle === undefined
          ? process.stdin
          : createReadStream('', { fd: handle, autoClose: false }),
      )
      return [
        `${position} events, the chain holds. The log ends with ${hash.slice(0, 12)}.`,
        'Nobody is told of them; `replay` would. Every part is paused: start the server, look, and resume each at /editor/parts.',
      ]
    } catch (error) {
      if (isNew) for (const suffix of ['', '-wal', '-shm']) rmSync(target + suffix, { force: true })
      throw error instanceof NotUtf8 ? new Complaint(error.message) : error
    } finally {
      if (handle !== undefined) closeSync(handle)
    }
  },
}

async function into(target: string, bytes: AsyncIterable<Uint8Array>): Promise<Head> {
  const db = connect(target)
  try {
    prepareFile(db)
    const { position } = lastOf(db)
    if (position)
      throw new Complaint(
        `The log holds ${position} events already. An export goes into an empty one only: set NUXT_DATA_DIR to a new folder, and start no server there before.`,
      )
    const carried = carrier(db)
    try {
      const { head, slugs } = await carryLines(carried, bytes)
      await reserve(slugs, head)
      carried.keep()
      return head
    } finally {
      carried.drop()
    }
  } finally {
    db.close()
  }
}

/** Before the events count, their slugs are taken and every part is paused behind them: an import that is cut off here has told nobody anything, and may be run again. */
async function reserve(slugs: Map<string, string>, head: Head) {
  const app = await useApp()
  const rows = [...slugs].map(([slug, review_id]) => ({ slug, review_id }))
  const now = Date.now()
  // In a new folder no part has its place yet; one that is set up later starts at the head of that day.
  for (const part of everyReactor())
    if (canSend(part) === true) await startAtHead(app, part.name, async () => head.position, now)
  await pauseEveryPart(app, 'events were imported; resume when you have looked', now)
  while (rows.length)
    await app
      .insertInto('slugs')
      .values(rows.splice(0, 1000))
      .onConflict(held => held.doNothing())
      .execute()
  await capCheckpoints(app, head.position)
}
