/**
 * Copies the house while the server runs. Both databases are held still at one instant between two facts. Were the ledger the newer one, its parts
 * would stand behind facts that the restored log gives out anew, and skip them: lost. An older ledger plans them, and a restored one starts paused.
 */
import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { connect } from '../db/connect'
import { copyDatabase, holdStill, letGo } from '../db/copy'
import { newestMigration } from '../db/migrate'
import { fileVersion } from '../log/sqlite/schema'
import { lastOf } from '../log/sqlite/verify'
import { toDisk, writeAtomically } from './atomic-write'
import { type Command, Complaint, Misuse, progress } from './command'
import { existingDataFolder } from './existing-data-folder'
import { isOurName, lookAt, MANIFEST, type Manifest, manifest } from './manifest'
import { chainOf, refuseTruncated } from './verify'

export const backup: Command = {
  usage: 'DIR',
  says: 'copies log, ledger, uploads and secrets into a new folder; the server may run',
  async run([given]) {
    if (!given) throw new Misuse('Where to? `backup DIR` makes the folder DIR.')
    const dataDir = existingDataFolder()
    const dir = resolve(given)
    if (`${real(dir)}${sep}`.startsWith(`${real(dataDir)}${sep}`))
      throw new Misuse(
        `${dir} lies in the data folder: a backup there is lost with it. Name a folder elsewhere, best on another disk.`,
      )
    if (existsSync(dir) && readdirSync(dir).length)
      throw new Complaint(`${dir} is not empty. Each backup gets a folder of its own.`)
    if (!existsSync(join(dataDir, 'app.sqlite')))
      throw new Complaint(`There is no app.sqlite in ${dataDir}. Is NUXT_DATA_DIR the server's?`)
    const { log, files } = await writeAtomically(dir, 'folder', draft => fill(draft, dataDir))
    const strangers = [...strangersIn('uploads', dataDir), ...strangersIn('secrets', dataDir)]
    return [
      `${dir}: ${log.position} facts, ${Object.keys(files).length} files. The log ends with ${log.hash.slice(0, 12)}.`,
      ...(strangers.length
        ? [`Left out, because MyMovies did not put it there: ${strangers.join(', ')}.`]
        : []),
    ]
  },
}

async function fill(draft: string, dataDir: string): Promise<Manifest> {
  const say = progress()
  const log = connect(join(dataDir, 'log.sqlite'), { readOnly: true })
  const app = connect(join(dataDir, 'app.sqlite'), { readOnly: true })
  try {
    const head = stillTogether(app, log)
    // A damaged copy would one day take the place of the last good one.
    chainOf(log)
    refuseTruncated(app, log)
    for (const [name, db] of [
      ['log.sqlite', log],
      ['app.sqlite', app],
    ] as const) {
      await copyDatabase(db, join(draft, name), share =>
        say(() => `${name}: ${Math.floor(share * 100)} %`),
      )
    }
    // Later than the ledger: a picture and a secret are on the disk before anything speaks of them, and none ever goes.
    const names = [
      'log.sqlite',
      'app.sqlite',
      ...copyFolder('uploads', dataDir, draft),
      ...copyFolder('secrets', dataDir, draft),
    ]
    const made = manifest({
      at: new Date().toISOString(),
      log: head,
      versions: { log: fileVersion(log), app: newestMigration(app) },
      files: {},
    })
    for (const [i, name] of names.entries()) {
      say(() => `${i} of ${names.length} files`)
      const file = join(draft, name)
      chmodSync(file, 0o600)
      toDisk(file)
      made.files[name] = await lookAt(file)
    }
    writeFileSync(join(draft, MANIFEST), `${JSON.stringify(made, null, 2)}\n`, {
      mode: 0o600,
      flush: true,
    })
    return made
  } finally {
    log.close()
    app.close()
  }
}

/** Holds both files still, the ledger first; tried again when a fact came in between, so that the two are of one instant. Answers where the log ends. */
function stillTogether(app: ReturnType<typeof connect>, log: ReturnType<typeof connect>) {
  for (let tries = 0; tries < 1000; tries++) {
    const { position } = lastOf(log)
    holdStill(app)
    holdStill(log)
    const head = lastOf(log)
    if (head.position === position) return head
    letGo(app)
    letGo(log)
  }
  throw new Complaint(
    'The log grows too fast for a copy of one instant. Try again in a quieter moment.',
  )
}

/** Of a folder, those whose name begins with a dot or ends in random digits aside: they are being written just now. */
function inside(folder: string, dataDir: string) {
  const from = join(dataDir, folder)
  const found = existsSync(from) ? readdirSync(from, { withFileTypes: true }) : []
  return found
    .filter(({ name }) => !/^\.|\.[0-9a-f]{12}$/.test(name))
    .map(entry => ({ name: entry.name, isOurs: entry.isFile() && isOurName(entry.name) }))
}

/** What somebody else laid there: restore would refuse a backup that holds it. */
const strangersIn = (folder: string, dataDir: string) =>
  inside(folder, dataDir)
    .filter(({ isOurs }) => !isOurs)
    .map(({ name }) => `${folder}/${name}`)

/** Copies the finished files of a folder that are ours. */
function copyFolder(folder: string, dataDir: string, draft: string): string[] {
  const from = join(dataDir, folder)
  const names = inside(folder, dataDir)
    .filter(({ isOurs }) => isOurs)
    .map(({ name }) => name)
  if (names.length) mkdirSync(join(draft, folder), { mode: 0o700 })
  for (const name of names)
    copyFileSync(join(from, name), join(draft, folder, name), constants.COPYFILE_FICLONE)
  if (names.length) toDisk(join(draft, folder))
  return names.map(name => `${folder}/${name}`)
}

/** Where a path leads, as far as it exists. */
function real(path: string): string {
  return existsSync(path) || path === dirname(path)
    ? realpathSync(path)
    : join(real(dirname(path)), basename(path))
}
