/**
 * Creates the data folder, or takes it over, so that only its owner can look into it: it holds
 * readers' addresses and the site's keys.
 */
import { accessSync, chmodSync, constants, existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { makePrivateFolder } from './private-folder'
import { BadSetting, settings } from './settings'

const { R_OK, W_OK, X_OK } = constants
const OTHERS = 0o077
const SHARED = 0o1000
/** What may be in a folder of ours before there is a log: Nuxt Content builds there. */
const OURS = new Set([
  'app.sqlite',
  'content',
  'erased-reviews.txt',
  'keys.sqlite',
  'lost+found',
  'secrets',
  'uploads',
  'views.sqlite',
])

/** Throws BadSetting if no data can be kept there. */
export function prepareDataFolder() {
  const { dataDir } = settings()
  try {
    makePrivateFolder(dataDir)
    readdirSync(dataDir)
    accessSync(dataDir, R_OK | W_OK | X_OK)
  } catch {
    throw new BadSetting(['NUXT_DATA_DIR must be a folder that this user can create and write'])
  }
  close(dataDir)
}

/** Closes the folder to other users, unless it also holds files of theirs (/tmp, a home). */
function close(dataDir: string) {
  const { mode } = statSync(dataDir)
  const isOurs =
    existsSync(join(dataDir, 'log.sqlite')) || readdirSync(dataDir).every(name => OURS.has(name))
  if (!(mode & OTHERS) || mode & SHARED || !isOurs) return
  try {
    chmodSync(dataDir, mode & ~OTHERS & 0o777)
  } catch {
    console.error(
      `Others on this machine may look into ${dataDir}, which holds readers' addresses and keys. Its owner can close it: chmod 700 ${dataDir}`,
    )
  }
}
