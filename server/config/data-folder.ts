/** The data folder holds readers' addresses and the keys of the house: it is made, or taken over, as its owner's alone. */
import { accessSync, chmodSync, constants, existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { makePrivateFolder } from './private-folder'
import { BadSetting, settings } from './settings'

const { R_OK, W_OK, X_OK } = constants
const OTHERS = 0o077
const SHARED = 0o1000
/** What may lie in a folder that is ours before there is a log: Nuxt Content builds there. */
const OURS = new Set(['app.sqlite', 'content', 'lost+found', 'secrets', 'uploads', 'views.sqlite'])

/** Throws BadSetting where no data can be kept. */
export function prepareDataFolder() {
  const { dataDir } = settings()
  try {
    makePrivateFolder(dataDir)
    readdirSync(dataDir)
    accessSync(dataDir, R_OK | W_OK | X_OK)
  } catch {
    throw new BadSetting(['NUXT_DATA_DIR must be a folder that this user can make and write'])
  }
  close(dataDir)
}

/** A folder of others' files (/tmp, a home) is never closed to them. */
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
