/**
 * Restores a backup into an empty data folder. Everything is checked in a copy before any of it is
 * put in place, and no part sends until somebody has looked.
 */
import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { prepareDataFolder } from '../config/data-folder'
import { settings } from '../config/settings'
import { isInUse } from '../db/connect'
import { openApp } from '../db/open'
import { ERASED_LIST } from '../desk/erasing/erased-list'
import { KEYS } from '../log/sealing/key-file'
import { pauseEveryPart, waitingByPart } from '../operations/after-restore'
import { syncToDisk, withTemporary } from './atomic-write'
import { checkDatabases, copyChecked } from './check-backup'
import { type Command, Complaint, table } from './command'
import { type Manifest, readManifest } from './manifest'

/** Inside the data folder, so that it is on the same disk even if that is a mount of its own. */
const DRAFT = '.restoring'
/**
 * The ledger comes last: if the machine dies between two renames, a log without a ledger sends
 * nothing.
 */
const ORDER = ['secrets', 'uploads', KEYS, 'log.sqlite', 'app.sqlite']

export const restore: Command = {
  usage: 'DIR',
  says: 'puts a backup into an empty data folder; every part is paused until you have looked',
  missing: 'Which one? `restore DIR` takes a folder that `backup` made.',
  async run([given = '']) {
    const dir = resolve(given)
    const { dataDir } = settings()
    const draft = join(dataDir, DRAFT)
    const manifest = readManifest(dir)
    refuseUnlessEmpty(dataDir)
    prepareDataFolder()
    mkdirSync(draft, { recursive: true, mode: 0o700 })
    return withTemporary(draft, async () => {
      await copyChecked(dir, draft, manifest)
      checkDatabases(draft, manifest)
      const waits = await pauseParts(draft, manifest)
      for (const name of ORDER)
        if (existsSync(join(draft, name))) renameSync(join(draft, name), join(dataDir, name))
      syncToDisk(dataDir)
      return [
        `${dataDir} has ${manifest.log.position} events, as they were on ${manifest.at}. Every part is paused.`,
        ...(waits.length ? ['', ...table(waits), ''] : []),
        erasedSince(dataDir),
        'Start the server and look at /editor/parts before you resume a part: what is waiting there may have been sent since the backup was made.',
      ]
    })
  },
}

/** The list of what was erased may wait for the backup that it is about. */
const MAY_BE_THERE = ['lost+found', ERASED_LIST]

function erasedSince(dataDir: string): string {
  return existsSync(join(dataDir, ERASED_LIST))
    ? `What ${ERASED_LIST} names is erased again when the server starts.`
    : `If a review was erased since then, its text is back. Before you start the server, copy ${ERASED_LIST} from the old data folder into this one: what it names is then erased again.`
}

function refuseUnlessEmpty(dataDir: string) {
  if (!existsSync(dataDir) || readdirSync(dataDir).every(name => MAY_BE_THERE.includes(name)))
    return
  const log = join(dataDir, 'log.sqlite')
  if (existsSync(log) && isInUse(log))
    throw new Complaint(
      `A server is running on ${dataDir}. Stop it, move the folder away, then restore.`,
    )
  throw new Complaint(
    `${dataDir} is not empty. A backup is never mixed with other data: move the folder away, or set NUXT_DATA_DIR to a new one.`,
  )
}

/** Pauses the parts in the copied ledger; returns what is waiting there. */
async function pauseParts(draft: string, { at }: Manifest) {
  const file = join(draft, 'app.sqlite')
  const app = await openApp(file)
  try {
    await pauseEveryPart(
      app,
      `restored from a backup of ${at}; resume when you have looked`,
      Date.now(),
    )
    return await waitingByPart(app)
  } finally {
    await app.destroy()
    syncToDisk(file)
  }
}
