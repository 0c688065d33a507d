/**
 * Checks a backup before any of it is put in place: each file against the manifest, then the
 * databases as a whole.
 */
import { constants, copyFileSync, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { connect } from '../db/connect'
import { knowsMigration } from '../db/migrate'
import { KEYS, openKeysToRead } from '../log/sealing/key-file'
import { startSurvey } from '../log/sealing/survey'
import { tooNewFile } from '../log/sqlite/schema'
import { verifyAll } from '../log/sqlite/verify'
import type { StoredEvent } from '../log/stored-event'
import { tooNew } from '../log/transfer/ndjson'
import { syncToDisk } from './atomic-write'
import { Complaint, progress } from './command'
import { describeFile, type Manifest } from './manifest'
import { checkIntegrity } from './verify'

type Database = ReturnType<typeof connect>

/**
 * Copies the files of the manifest. Each is compared after it is copied, so that a bad disk at
 * either end shows.
 */
export async function copyChecked(dir: string, draft: string, { files }: Manifest) {
  const say = progress()
  const names = Object.entries(files)
  for (const [i, [name, { bytes, sha256 }]] of names.entries()) {
    say(() => `${i} of ${names.length} files`)
    const from = join(dir, name)
    const to = join(draft, name)
    if (!existsSync(from))
      throw new Complaint(
        `The backup in ${dir} is incomplete: ${name} is missing. Nothing was restored.`,
      )
    if (statSync(from).size !== bytes)
      throw new Complaint(
        `The backup in ${dir} is damaged: ${name} has ${statSync(from).size} bytes, not ${bytes}. Nothing was restored.`,
      )
    mkdirSync(dirname(to), { recursive: true, mode: 0o700 })
    copyFileSync(from, to, constants.COPYFILE_FICLONE)
    if ((await describeFile(to)).sha256 !== sha256)
      throw new Complaint(
        `The backup in ${dir} is damaged: ${name} is not as it was written. Nothing was restored.`,
      )
    syncToDisk(to)
  }
}

/** Throws Complaint for a backup of a newer release, a broken chain, or incomplete databases. */
export function checkDatabases(draft: string, { log, versions }: Manifest) {
  refuseNewer(
    knowsMigration(versions.app)
      ? tooNewFile(versions.log)
      : `app.sqlite has the migration ${versions.app}`,
  )
  const db = connect(join(draft, 'log.sqlite'))
  const keys = openKeysToRead(join(draft, KEYS))
  try {
    const kinds = db
      .prepare('SELECT type, max(schema_version) AS schemaVersion FROM events GROUP BY type')
      .all() as unknown as Pick<StoredEvent, 'type' | 'schemaVersion'>[]
    for (const kind of kinds) refuseNewer(tooNew(kind))
    checkLog(db, keys, log)
  } finally {
    keys?.close()
    db.close()
  }
  checkIntegrity(draft, 'app.sqlite')
}

/** Checks that the chain is intact, and ends where the manifest says. */
function checkLog(db: Database, keys: Database | undefined, expected: Manifest['log']) {
  const { survey, see } = startSurvey(keys)
  const { damage, position, hash } = verifyAll(db, see)
  if (damage)
    throw new Complaint(
      `The log in the backup is damaged at position ${damage.position}: ${damage.reason}. It is intact up to ${position}. Nothing was restored.`,
    )
  if (position !== expected.position || hash !== expected.hash)
    throw new Complaint(
      `The log in the backup ends at position ${position}, but its manifest says ${expected.position}: they do not belong together. Nothing was restored.`,
    )
  if (survey.damage)
    throw new Complaint(
      `The text at position ${survey.damage.position} of the backup cannot be read: ${survey.damage.reason}. Nothing was restored.`,
    )
}

function refuseNewer(newer: string | undefined) {
  if (newer)
    throw new Complaint(
      `The backup was made by a newer release: ${newer}. Restore it with that one.`,
    )
}
