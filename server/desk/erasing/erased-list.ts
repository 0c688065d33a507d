/**
 * `erased-reviews.txt` in the data folder: the ids of erased reviews, and nothing else about them. It
 * outlives a restore, so that an older backup does not bring back what was erased since.
 */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { settings } from '../../config/settings'

export const ERASED_LIST = 'erased-reviews.txt'
const listFile = () => join(settings().dataDir, ERASED_LIST)

/** The ids in it; empty where there is no list. */
export const listedAsErased = (): string[] =>
  existsSync(listFile())
    ? [...new Set(readFileSync(listFile(), 'utf8').split(/\s+/).filter(Boolean))]
    : []

/** On disk when it returns. */
export function listAsErased(id: string) {
  if (listedAsErased().includes(id)) return
  const file = openSync(listFile(), 'a', 0o600)
  try {
    writeSync(file, `${id}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
