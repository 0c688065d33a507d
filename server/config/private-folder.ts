/** Makes folders that only their owner may look into. */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

/** Step by step: where nothing can be made (below /proc), Node's own `recursive` never comes back. Answers whether it was made now. */
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
