/**
 * Imports an exported log into an empty one, event by event in one transaction: the first bad line
 * is named, and nothing is imported.
 */
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
import { keyFileOf, openKeys } from '../log/sealing/key-file'
import { prepareFile } from '../log/sqlite/schema'
import { lastOf } from '../log/sqlite/verify'
import type { Head } from '../log/stored-event'
import { carrier } from '../log/transfer/carrier'
import { capCheckpoints, pauseEveryPart } from '../operations/after-restore'
import { carryLines } from './carry-lines'
import { type Command, Complaint } from './command'

export const importLog: Command = {
  usage: 'FILE',
  says: 'imports an exported log into an empty one; - is standard input; stop the server first',
  missing:
    'Which one? `import FILE` takes a file that `export` made; `import -` reads standard input.',
  async run([file = '']) {
    const { dataDir } = settings()
    const target = join(dataDir, 'log.sqlite')
    const isNew = !existsSync(target)
    const hadKeys = existsSync(keyFileOf(target))
    const handle = file === '-' ? undefined : openSync(file, 'r')
    prepareDataFolder()
    try {
      if (!isNew && isInUse(target))
        throw new Complaint('The server is running. Stop it, import, then start it again.')
      const { head, sealed } = await into(
        target,
        handle === undefined
          ? process.stdin
          : createReadStream('', { fd: handle, autoClose: false }),
      )
      return [
        `${head.position} events, the hash chain is intact. The log ends with ${head.hash.slice(0, 12)}.`,
        ...(sealed
          ? [`${sealed} texts of an older release were sealed; from there on the hashes are new.`]
          : []),
        'Nothing is sent about them, unless you `replay` them. Every part is paused: start the server, look, and resume each at /editor/parts.',
      ]
    } catch (error) {
      if (isNew)
        for (const suffix of ['', '-wal', '-shm']) {
          rmSync(target + suffix, { force: true })
          if (!hadKeys) rmSync(keyFileOf(target) + suffix, { force: true })
        }
      throw error instanceof NotUtf8 ? new Complaint(error.message) : error
    } finally {
      if (handle !== undefined) closeSync(handle)
    }
  },
}

async function into(
  target: string,
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ head: Head; sealed: number }> {
  const db = connect(target)
  const keys = openKeys(keyFileOf(target))
  try {
    prepareFile(db)
    const { position } = lastOf(db)
    if (position)
      throw new Complaint(
        `The log already has ${position} events. An export can only be imported into an empty one: set NUXT_DATA_DIR to a new folder, and do not start a server there first.`,
      )
    const carried = carrier(db, keys)
    try {
      const { head, sealed, slugs } = await carryLines(carried, bytes)
      await reserve(slugs, head)
      carried.keep()
      return { head, sealed }
    } finally {
      carried.drop()
    }
  } finally {
    db.close()
    keys.close()
  }
}

/**
 * Takes the slugs and pauses every part before the events are committed: an import that is cut off
 * here has sent nothing, and can be run again.
 */
async function reserve(slugs: Map<string, string>, head: Head) {
  const app = await useApp()
  const rows = [...slugs].map(([slug, review_id]) => ({ slug, review_id }))
  const now = Date.now()
  // In a new folder no part has a checkpoint yet; one that is set up later starts at the head of
  // that day.
  for (const part of everyReactor())
    if (canSend(part) === true) await startAtHead(app, part.name, async () => head.position, now)
  await pauseEveryPart(app, 'events were imported; resume when you have looked', now)
  while (rows.length)
    await app
      .insertInto('slugs')
      .values(rows.splice(0, 1000))
      .onConflict(conflict => conflict.doNothing())
      .execute()
  await capCheckpoints(app, head.position)
}
