/** Where the repository lies, and its source files: what the tests of the walls look at. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '../..')

/** Its whole text, from a path below the root. */
export const read = (file: string) => readFileSync(join(root, file), 'utf8')

/** Paths below the root, with forward slashes. */
export const find = (...patterns: string[]) => globSync(patterns, { cwd: root }).sort()
