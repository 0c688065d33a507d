/**
 * Writes all or nothing: a command's output is written under another name, synced to disk, and
 * renamed.
 */
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { makePrivateFolder } from '../config/private-folder'

/** Prepares a file or a folder beside its place; a folder exists when `fill` is called. */
export async function writeAtomically<T>(
  place: string,
  kind: 'file' | 'folder',
  fill: (draft: string) => Promise<T>,
): Promise<T> {
  const draft = `${place}.partial-${process.pid}`
  makePrivateFolder(dirname(place))
  if (kind === 'folder') mkdirSync(draft, { mode: 0o700 })
  return withTemporary(draft, async () => {
    const made = await fill(draft)
    syncToDisk(draft)
    renameSync(draft, place)
    syncToDisk(dirname(place))
    return made
  })
}

/** Removes the draft however `run` ends, even by an error or Ctrl-C. */
export async function withTemporary<T>(draft: string, run: () => Promise<T>): Promise<T> {
  const clear = () => rmSync(draft, { recursive: true, force: true })
  const clearAndExit = () => {
    clear()
    process.exit(130)
  }
  process.once('SIGINT', clearAndExit).once('SIGTERM', clearAndExit)
  try {
    return await run()
  } finally {
    process.off('SIGINT', clearAndExit).off('SIGTERM', clearAndExit)
    clear()
  }
}

/** What was written to this file, or the names in this folder, will survive a power cut. */
export function syncToDisk(path: string) {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
