/** Builds .output and stores a hash of the sources in it, so that nobody serves or tests outdated code. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  closeSync,
  globSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const mark = join(root, '.output/sources.sha256')
const NOT_BUILT = [
  'node_modules',
  '.nuxt',
  '.output',
  '.data',
  '.cache',
  '.git',
  'tests',
  'bench',
  'docs',
  'coverage',
  'test-results',
]

export const isStale = () => builtFrom() !== sources()

export function buildIfStale() {
  if (isStale()) build()
}

/** Builds with two lines of output, for people who just want to run the app; the build's own output is shown if it fails. */
export function buildQuietly() {
  const folder = mkdtempSync(join(tmpdir(), 'mymovies-build-'))
  const file = join(folder, 'said')
  const said = openSync(file, 'w')
  const began = performance.now()
  console.error(
    'Building MyMovies. This takes about a minute, and happens only at the first start and after a change …',
  )
  const status = run(said)
  closeSync(said)
  if (status !== 0)
    console.error(
      `${readFileSync(file, 'utf8')}\nMyMovies cannot start: the build failed; its output is above.`,
    )
  rmSync(folder, { recursive: true })
  if (status !== 0) process.exit(status)
  console.error(`Built in ${Math.round((performance.now() - began) / 1000)} s.`)
}

/** Ends this process when the build fails. */
export function build() {
  const status = run(2)
  if (status !== 0) process.exit(status)
}

/** Returns the exit code; `output` is the file descriptor that the build writes to. */
function run(output) {
  const made = sources()
  rmSync(mark, { force: true })
  const { status } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/nuxt/bin/nuxt.mjs'), 'build'],
    { cwd: root, stdio: ['ignore', output, output] },
  )
  if (status === 0) writeFileSync(mark, made)
  return status ?? 1
}

function builtFrom() {
  try {
    return readFileSync(mark, 'utf8')
  } catch {
    return undefined
  }
}

/** One hash over the names and contents of all files that go into the build. */
function sources() {
  const hash = createHash('sha256').update(process.version)
  const files = globSync('**/*', {
    cwd: root,
    withFileTypes: true,
    exclude: entry => NOT_BUILT.includes(entry.name),
  })
  for (const file of files
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort())
    hash.update(`\0${file.slice(root.length)}\0`).update(readFileSync(file))
  return hash.digest('hex')
}

if (process.argv[1] === import.meta.filename) build()
