/** The files of uploads and secrets: which of them a backup takes along. */
import { constants, copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { syncToDisk } from './atomic-write'
import { isOurName } from './manifest'

/** Copies the finished files of a folder that are ours; answers their paths within the data folder. */
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

/** What somebody else put there: restore would refuse a backup that holds it. */
export const foreignFiles = (folder: string, dataDir: string) =>
  finishedFiles(join(dataDir, folder))
    .filter(({ isOurs }) => !isOurs)
    .map(({ name }) => `${folder}/${name}`)

/** Without those that are being written just now: their names begin with a dot or end in random digits. */
function finishedFiles(folder: string) {
  const found = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : []
  return found
    .filter(({ name }) => !/^\.|\.[0-9a-f]{12}$/.test(name))
    .map(entry => ({ name: entry.name, isOurs: entry.isFile() && isOurName(entry.name) }))
}
