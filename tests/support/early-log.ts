/**
 * Makes a copy of the built server with one fault: its log answers before it commits. A crash test
 * that cannot tell it from the real one is worthless.
 */
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const built = join(import.meta.dirname, '../../.output')

/** Returns the copy's folder, for `output` of startServer. */
export function buildWithEarlyLog(folder: string): string {
  const copy = join(folder, 'early-log')
  const thread = join(copy, 'server/workers/sqlite.worker.mjs')
  cpSync(built, copy, { recursive: true, verbatimSymlinks: true })
  const honest = readFileSync(thread, 'utf8')
  // A microtask runs after the thread has answered, and before it receives anything else.
  const early = honest.replace(
    /(\w+)\.run\(\);(\s+return outcomes;)/,
    'queueMicrotask(() => $1.run());$2',
  )
  if (early === honest)
    throw new Error('the log’s thread does not look as it did: where does it commit?')
  writeFileSync(thread, early)
  return copy
}
