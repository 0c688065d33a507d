/**
 * Installs the real Bluesky server for the tests, apart from the app, once for each lockfile, under
 * node_modules/.cache.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const source = join(process.cwd(), 'tests/pds')
const cache = join(process.cwd(), 'node_modules/.cache')
const FILES = [
  'package.json',
  'package-lock.json',
  'start.mjs',
  'sqlite/index.cjs',
  'sqlite/package.json',
]

/**
 * Returns the folder to import `start.mjs` from. The first time, npm needs about half a minute and
 * 190 MB; it needs no compiler and runs no package scripts.
 */
export async function pdsWorkspace(): Promise<string> {
  const print = createHash('sha256')
  for (const file of FILES) print.update(readFileSync(join(source, file)))
  const folder = join(cache, `pds-${print.digest('hex').slice(0, 12)}`)
  if (existsSync(folder)) return folder
  const draft = `${folder}.${process.pid}`
  mkdirSync(cache, { recursive: true })
  cpSync(source, draft, {
    recursive: true,
    filter: path => !path.includes('node_modules', source.length),
  })
  try {
    await install(draft)
    renameSync(draft, folder)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    // Another run may have been faster.
    if (!existsSync(folder)) throw error
  }
  return folder
}

function install(cwd: string): Promise<void> {
  const npm = spawn(
    'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd, stdio: ['ignore', 'ignore', 'pipe'], shell: process.platform === 'win32' },
  )
  let complaint = ''
  npm.stderr.setEncoding('utf8').on('data', text => {
    complaint += text
  })
  return new Promise((resolve, reject) => {
    npm
      .on('error', reject)
      .on('close', code =>
        code === 0
          ? resolve()
          : reject(
              new Error(
                `The Bluesky server of the tests could not be installed. It needs npm and its registry once: "npm ci --ignore-scripts" in a copy of tests/pds must work.\n${complaint}`,
              ),
            ),
      )
  })
}
