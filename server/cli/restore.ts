/** Puts a backup into an empty data folder. Everything is checked in a copy before anything has its place; then no part sends before somebody has looked. */
import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  statSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { prepareDataFolder } from '../config/data-folder'
import { settings } from '../config/settings'
import { connect, isInUse } from '../db/connect'
import { knowsMigration } from '../db/migrate'
import { openApp } from '../db/open'
import type { Row } from '../log/fact'
import { tooNewFile } from '../log/sqlite/schema'
import { verifyAll } from '../log/sqlite/verify'
import { tooNew } from '../log/transfer/ndjson'
import { pauseEveryPart, waiting } from '../operations/pause-all'
import { leavingNo, toDisk } from './atomic-write'
import { type Command, Complaint, Misuse, progress, table } from './command'
import { lookAt, type Manifest, readManifest } from './manifest'
import { wholeness } from './verify'

/** On the same disk as its goal also where the data folder is a mount of its own. */
const DRAFT = '.restoring'
/** The ledger last: if the machine dies between two renames, a log without a ledger tells nobody anything. */
const ORDER = ['secrets', 'uploads', 'log.sqlite', 'app.sqlite']

export const restore: Command = {
  usage: 'DIR',
  says: 'puts a backup into an empty data folder; every part is paused until you have looked',
  async run([given]) {
    if (!given) throw new Misuse('Which one? `restore DIR` takes a folder that `backup` made.')
    const dir = resolve(given)
    const { dataDir } = settings()
    const draft = join(dataDir, DRAFT)
    const held = readManifest(dir)
    refuseUnlessEmpty(dataDir)
    prepareDataFolder()
    mkdirSync(draft, { recursive: true, mode: 0o700 })
    return leavingNo(draft, async () => {
      await copy(dir, draft, held)
      check(draft, held)
      const waits = await standStill(draft, held)
      for (const name of ORDER)
        if (existsSync(join(draft, name))) renameSync(join(draft, name), join(dataDir, name))
      toDisk(dataDir)
      return [
        `${dataDir} holds ${held.log.position} facts, as they were on ${held.at}. Every part is paused.`,
        ...(waits.length ? ['', ...table(waits), ''] : []),
        'Start the server and look at /editor/parts before you resume a part: what waits there may have been sent since the backup was made.',
      ]
    })
  },
}

function refuseUnlessEmpty(dataDir: string) {
  if (!existsSync(dataDir) || readdirSync(dataDir).every(name => name === 'lost+found')) return
  const log = join(dataDir, 'log.sqlite')
  if (existsSync(log) && isInUse(log))
    throw new Complaint(
      `A server is running on ${dataDir}. Stop it, move the folder away, then restore.`,
    )
  throw new Complaint(
    `${dataDir} is not empty. A backup is mixed with nothing: move the folder away, or set NUXT_DATA_DIR to a new one.`,
  )
}

/** Each file is compared as it arrives here, so that a bad disk at either end shows. */
async function copy(dir: string, draft: string, { files }: Manifest) {
  const say = progress()
  const names = Object.entries(files)
  for (const [i, [name, { bytes, sha256 }]] of names.entries()) {
    say(() => `${i} of ${names.length} files`)
    const from = join(dir, name)
    const to = join(draft, name)
    if (!existsSync(from))
      throw new Complaint(
        `The backup in ${dir} is not whole: ${name} is missing. Nothing was restored.`,
      )
    if (statSync(from).size !== bytes)
      throw new Complaint(
        `The backup in ${dir} is damaged: ${name} has ${statSync(from).size} bytes, not ${bytes}. Nothing was restored.`,
      )
    mkdirSync(dirname(to), { recursive: true, mode: 0o700 })
    copyFileSync(from, to, constants.COPYFILE_FICLONE)
    if ((await lookAt(to)).sha256 !== sha256)
      throw new Complaint(
        `The backup in ${dir} is damaged: ${name} is not as it was written. Nothing was restored.`,
      )
    toDisk(to)
  }
}

/** Throws Complaint for a backup of a newer release, a broken chain, or databases that are not whole. */
function check(draft: string, { log, versions }: Manifest) {
  const refuseNewer = (newer: string | undefined) => {
    if (newer)
      throw new Complaint(
        `The backup was made by a newer release: ${newer}. Restore it with that one.`,
      )
  }
  refuseNewer(
    knowsMigration(versions.app) ? tooNewFile(versions.log) : `app.sqlite has had ${versions.app}`,
  )
  const db = connect(join(draft, 'log.sqlite'))
  try {
    for (const kind of db
      .prepare('SELECT type, max(schema_version) AS schemaVersion FROM events GROUP BY type')
      .all())
      refuseNewer(tooNew(kind as unknown as Pick<Row, 'type' | 'schemaVersion'>))
    const { damage, position, hash } = verifyAll(db)
    if (damage)
      throw new Complaint(
        `The log in the backup is damaged at position ${damage.position}: ${damage.reason}. Up to ${position} it holds. Nothing was restored.`,
      )
    if (position !== log.position || hash !== log.hash)
      throw new Complaint(
        `The log in the backup ends at position ${position}, its manifest says ${log.position}: they do not belong together. Nothing was restored.`,
      )
  } finally {
    db.close()
  }
  wholeness(draft, 'app.sqlite')
}

/** Answers what waits in the ledger. */
async function standStill(draft: string, { at }: Manifest) {
  const file = join(draft, 'app.sqlite')
  const app = await openApp(file)
  try {
    await pauseEveryPart(
      app,
      `restored from a backup of ${at}; resume when you have looked`,
      Date.now(),
    )
    return await waiting(app)
  } finally {
    await app.destroy()
    toDisk(file)
  }
}
