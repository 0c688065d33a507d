/** npm test: runs everything. Unit and contract tests first, then the built app through its front door; the last line counts the results. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildIfStale } from './build.mjs'
import { chromiumAtAnyPrice } from './chromium.mjs'

const root = join(import.meta.dirname, '..')
const scratch = mkdtempSync(join(tmpdir(), 'mymovies-test-'))
const sum = { passed: 0, failed: 0, skipped: 0 }

try {
  run('vitest.config.ts')
  buildIfStale()
  process.env.CHROME_PATH = chromiumAtAnyPrice()
  run('vitest.e2e.config.ts')
} catch (error) {
  console.error(error.message)
  sum.failed++
} finally {
  rmSync(scratch, { recursive: true })
}
process.exitCode = sum.failed ? 1 : 0
console.log(`tests: ${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`)

function run(config) {
  const file = join(scratch, `${config}.json`)
  const { status } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--config',
      config,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ],
    { cwd: root, stdio: ['ignore', 1, 2] },
  )
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
    readFileSync(file, 'utf8'),
  )
  sum.passed += numPassedTests
  sum.skipped += numPendingTests + numTodoTests
  // A file that does not load, or an error outside of any test, fails without a failed test.
  sum.failed += numFailedTests || (status === 0 ? 0 : 1)
}
