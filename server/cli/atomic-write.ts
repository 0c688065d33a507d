/** Whole or not at all: what a command writes is made under another name, put on the disk, and renamed. */
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { makePrivateFolder } from '../config/private-folder'

/** Makes a file or a folder beside its place; `fill` finds the folder made. */
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

/** Whatever ends `run`, an error or Ctrl-C too, nothing of the draft stays. */
export async function withTemporary<T>(draft: string, run: () => Promise<T>): Promise<T> {
  const clear = () => rmSync(draft, { recursive: true, force: true })
  const clearAndGo = () => {
    clear()
    process.exit(130)
  }
  process.once('SIGINT', clearAndGo).once('SIGTERM', clearAndGo)
  try {
    return await run()
  } finally {
    process.off('SIGINT', clearAndGo).off('SIGTERM', clearAndGo)
    clear()
  }
}

/** What was written to this file, or the names in this folder, survive a power cut from now on. */
export function syncToDisk(path: string) {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
