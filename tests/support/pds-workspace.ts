/** Where the real Bluesky server of the tests is installed: apart from the app, once for each lockfile, under node_modules/.cache. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const source = join(process.cwd(), 'tests/pds'), cache = join(process.cwd(), 'node_modules/.cache')
const FILES = ['package.json', 'package-lock.json', 'start.mjs', 'sqlite/index.cjs', 'sqlite/package.json']

/** Answers the folder to import `start.mjs` from. The first time it takes npm about half a minute and 190 MB; no compiler and no script of a package is run. */
export function pdsWorkspace(): string {
  const print = createHash('sha256')
  for (const file of FILES) print.update(readFileSync(join(source, file)))
  const folder = join(cache, `pds-${print.digest('hex').slice(0, 12)}`)
  if (existsSync(folder)) return folder
  const draft = `${folder}.${process.pid}`
  mkdirSync(cache, { recursive: true })
  cpSync(source, draft, { recursive: true, filter: path => !path.includes('node_modules') })
  const { status, stderr } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: draft, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'], shell: process.platform === 'win32' })
  if (status !== 0) {
    rmSync(draft, { recursive: true, force: true })
    throw new Error(`the Bluesky server of the tests could not be installed (npm ci in a copy of tests/pds):\n${stderr}`)
  }
  try { renameSync(draft, folder) } catch { rmSync(draft, { recursive: true, force: true }) } // another run was quicker
  return folder
}
