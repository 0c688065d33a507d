/** Where the repository is, and its source files, for the tests of the walls. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '../..')

/** The text of a file, by its path below the root. */
export const read = (file: string) => readFileSync(join(root, file), 'utf8')

/** Paths below the root, with forward slashes. */
export const find = (...patterns: string[]) => globSync(patterns, { cwd: root }).sort()

/** Text that looks like a path of this repository: one of our folders and a slash. */
const OUR_PATH =
  /`((?:server|shared|tests|browser|components|composables|pages|utils|modules|bench|docs|examples)\/[^`\s]*)`/g

/** The paths below the root that a text has in backticks. */
export const ourPaths = (text: string) => [...text.matchAll(OUR_PATH)].map(match => match[1]!)
