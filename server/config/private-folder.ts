/** Creates folders that only their owner can look into. */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Step by step, because Node's own `recursive` never returns where nothing can be created (below
 * /proc). Returns whether it was created now.
 */
export function makePrivateFolder(folder: string): boolean {
  try {
    mkdirSync(folder, { mode: 0o700 })
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const parent = dirname(folder)
    if (code === 'EEXIST') return false
    if (code !== 'ENOENT' || parent === folder || !makePrivateFolder(parent)) throw error
    return makePrivateFolder(folder)
  }
}
