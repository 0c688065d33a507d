/**
 * Copies log, ledger, uploads and secrets while the server runs. Both databases are held still at the
 * same instant, between two events: if the ledger were newer, its parts would skip positions that the
 * restored log gives out again, and those events would never be delivered.
 */
import { chmodSync, existsSync, readdirSync, realpathSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { connect } from '../db/connect'
import { copyDatabase } from '../db/copy'
import { newestMigration } from '../db/migrate'
import { rewriteInto } from '../db/rewrite'
import { countErased, KEYS, openKeysToRead } from '../log/sealing/key-file'
import { startSurvey } from '../log/sealing/survey'
import { fileVersion } from '../log/sqlite/schema'
import { syncToDisk, writeAtomically } from './atomic-write'
import { type Command, Complaint, Misuse, progress } from './command'
import { existingDataFolder } from './existing-data-folder'
import { holdBothStill } from './hold-both-still'
import { describeFile, MANIFEST, type Manifest, manifest } from './manifest'
import { copyOwnFiles, foreignFiles } from './own-files'
import { checkChain, refuseTruncated, refuseWrongKeys } from './verify'

export const backup: Command = {
  usage: 'DIR',
  says: 'copies log, ledger, uploads and secrets into a new folder; the server may be running',
  missing: 'Where to? `backup DIR` makes the folder DIR.',
  async run([given = '']) {
    const dataDir = existingDataFolder()
    const dir = resolve(given)
    if (`${realPath(dir)}${sep}`.startsWith(`${realPath(dataDir)}${sep}`))
      throw new Misuse(
        `${dir} is in the data folder: a backup there is lost with it. Name a folder elsewhere, best on another disk.`,
      )
    if (existsSync(dir) && readdirSync(dir).length)
      throw new Complaint(`${dir} is not empty. Each backup gets a folder of its own.`)
    if (!existsSync(join(dataDir, 'app.sqlite')))
      throw new Complaint(`There is no app.sqlite in ${dataDir}. Is NUXT_DATA_DIR the server's?`)
    const { log, files } = await writeAtomically(dir, 'folder', draft => fill(draft, dataDir))
    const foreign = ['uploads', 'secrets'].flatMap(folder => foreignFiles(folder, dataDir))
    return [
      `${dir}: ${log.position} events, ${Object.keys(files).length} files. The log ends with ${log.hash.slice(0, 12)}.`,
      ...(foreign.length
        ? [`Left out, because MyMovies did not put it there: ${foreign.join(', ')}.`]
        : []),
    ]
  },
}

/**
 * The ledger page by page, as only a copy of pages can be of one instant; the backup gets its rows,
 * and nothing of what was deleted.
 */
const PAGES = 'app.sqlite.pages'

async function fill(draft: string, dataDir: string): Promise<Manifest> {
  const say = progress()
  const log = connect(join(dataDir, 'log.sqlite'), { readOnly: true })
  const app = connect(join(dataDir, 'app.sqlite'), { readOnly: true })
  const keys = openKeysToRead(join(dataDir, KEYS))
  try {
    const erased = keys && countErased(keys)
    const head = holdBothStill(app, log)
    // Otherwise a damaged copy would one day replace the last good one.
    const { survey, see } = startSurvey(keys)
    checkChain(log, see)
    refuseWrongKeys(survey)
    refuseTruncated(app, log)
    for (const [name, db] of [
      ['log.sqlite', log],
      [PAGES, app],
    ] as const) {
      await copyDatabase(db, join(draft, name), share =>
        say(() => `${name}: ${Math.floor(share * 100)} %`),
      )
    }
    rewriteInto(join(draft, PAGES), join(draft, 'app.sqlite'))
    // After the log: a key is on disk before the event that it opens.
    keys?.prepare('VACUUM INTO ?').run(join(draft, KEYS))
    if (keys && countErased(keys) !== erased)
      throw new Complaint('A review was erased during the backup. Make it again.')
    // After the ledger: a picture or a secret is on disk before anything mentions it, and none is
    // ever removed.
    const names = [
      'log.sqlite',
      ...(keys ? [KEYS] : []),
      'app.sqlite',
      ...copyOwnFiles('uploads', dataDir, draft),
      ...copyOwnFiles('secrets', dataDir, draft),
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
      syncToDisk(file)
      made.files[name] = await describeFile(file)
    }
    writeFileSync(join(draft, MANIFEST), `${JSON.stringify(made, null, 2)}\n`, {
      mode: 0o600,
      flush: true,
    })
    return made
  } finally {
    log.close()
    app.close()
    keys?.close()
  }
}

/** The real path, with links followed as far as the path exists. */
function realPath(path: string): string {
  return existsSync(path) || path === dirname(path)
    ? realpathSync(path)
    : join(realPath(dirname(path)), basename(path))
}
