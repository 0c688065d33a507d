/** Decides which files of uploads and secrets go into a backup, and copies them. */
import { constants, copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { syncToDisk } from './atomic-write'
import { isOurName } from './manifest'

/**
 * Copies the finished files in a folder that are ours; returns their paths within the data folder.
 */
export function copyOwnFiles(folder: string, dataDir: string, draft: string): string[] {
  const from = join(dataDir, folder)
  const names = finishedFiles(from)
    .filter(({ isOurs }) => isOurs)
    .map(({ name }) => name)
  if (!names.length) return []
  mkdirSync(join(draft, folder), { mode: 0o700 })
  for (const name of names)
    copyFileSync(join(from, name), join(draft, folder, name), constants.COPYFILE_FICLONE)
  syncToDisk(join(draft, folder))
  return names.map(name => `${folder}/${name}`)
}

/** Files that somebody else put there: restore would refuse a backup that has them. */
export const foreignFiles = (folder: string, dataDir: string) =>
  finishedFiles(join(dataDir, folder))
    .filter(({ isOurs }) => !isOurs)
    .map(({ name }) => `${folder}/${name}`)

/**
 * Leaves out files that are being written right now: their names start with a dot or end in random
 * digits.
 */
function finishedFiles(folder: string) {
  const found = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : []
  return found
    .filter(({ name }) => !/^\.|\.[0-9a-f]{12}$/.test(name))
    .map(entry => ({ name: entry.name, isOurs: entry.isFile() && isOurName(entry.name) }))
}
