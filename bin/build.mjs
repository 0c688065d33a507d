/** Builds .output and remembers in it which sources it was made of, so that nobody serves or tests yesterday's code. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const mark = join(root, '.output/sources.sha256')
const NOT_BUILT = ['node_modules', '.nuxt', '.output', '.data', '.cache', '.git', 'tests', 'bench', 'docs', 'coverage', 'test-results']

export function buildIfStale() {
  if (builtFrom() !== sources()) build()
}

/** Ends this process when the build fails. */
export function build() {
  const made = sources()
  rmSync(mark, { force: true })
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules/nuxt/bin/nuxt.mjs'), 'build'], { cwd: root, stdio: ['ignore', 2, 2] })
  if (status !== 0) process.exit(status ?? 1)
  writeFileSync(mark, made)
}

function builtFrom() {
  try { return readFileSync(mark, 'utf8') } catch { return undefined }
}

/** One hash over the name and content of every file that can reach the build. */
function sources() {
  const hash = createHash('sha256').update(process.version)
  const files = globSync('**/*', { cwd: root, withFileTypes: true, exclude: entry => NOT_BUILT.includes(entry.name) })
  for (const file of files.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name)).sort()) hash.update(`\0${file.slice(root.length)}\0`).update(readFileSync(file))
  return hash.digest('hex')
}

if (process.argv[1] === import.meta.filename) build()
