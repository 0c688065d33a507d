/** Finds a Chromium that starts: yours, an installed one or Playwright's; else downloads Playwright's or, as root, installs Debian's. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** The path of one that is already there. */
export function installedChromium() {
  const inPath = NAMES.flatMap(name =>
    (process.env.PATH ?? '').split(':').map(folder => join(folder, name)),
  )
  return [process.env.CHROME_PATH, ...inPath, ...APPLICATIONS, chromium.executablePath()].find(
    path => path && existsSync(path) && starts(path),
  )
}

/** The path, after downloading one if there is none; throws an error that says what to do. */
export function chromiumAtAnyPrice() {
  return installedChromium() ?? fetchPlaywrights() ?? installDebians() ?? fail()
}

/** A Chromium without its libraries exists but does not start. */
const starts = path =>
  spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0

function fetchPlaywrights() {
  console.error("No Chromium found; downloading Playwright's …")
  spawnSync(
    process.execPath,
    [join(import.meta.dirname, '../node_modules/playwright/cli.js'), 'install', 'chromium'],
    { stdio: ['ignore', 2, 2], timeout: 600_000 },
  )
  return installedChromium()
}

function installDebians() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined
  console.error("Installing Debian's Chromium …")
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  try {
    execFileSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 2, 2], env })
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      stdio: ['ignore', 2, 2],
      env,
    })
  } catch {
    return undefined
  }
  return installedChromium()
}

function fail() {
  throw new Error(
    'The tests need Chromium, and none was found that starts. Install it (Debian, Ubuntu: sudo apt-get install chromium; macOS: brew install --cask chromium; else: npx playwright install --with-deps chromium), or name one in CHROME_PATH.',
  )
}
