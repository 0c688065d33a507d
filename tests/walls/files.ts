/** Where the repository lies, and its source files: what the tests of the walls look at. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '../..')

/** Its whole text, from a path below the root. */
export const read = (file: string) => readFileSync(join(root, file), 'utf8')

/** Paths below the root, with forward slashes. */
export const find = (...patterns: string[]) => globSync(patterns, { cwd: root }).sort()

/** One of our folders with a slash behind it: what reads like a path of this repository. */
const OUR_PATH =
  /`((?:server|shared|tests|browser|components|composables|pages|utils|modules|bench|docs|examples)\/[^`\s]*)`/g

/** The paths below the root that a text names in code marks. */
export const ourPaths = (text: string) => [...text.matchAll(OUR_PATH)].map(match => match[1]!)
