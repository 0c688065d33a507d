/** A copy of the built server with one fault: its log answers first and commits then. A crash test that cannot tell it from the real one is worth nothing. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const built = join(import.meta.dirname, '../../.output')

/** Answers the copy's folder, as `output` of startServer. */
export function buildWithEarlyLog(folder: string): string {
  const copy = join(folder, 'early-log')
  const thread = join(copy, 'server/workers/sqlite.worker.mjs')
  cpSync(built, copy, { recursive: true, verbatimSymlinks: true })
  const honest = readFileSync(thread, 'utf8')
  // A microtask runs when the thread has said its answer, and before it hears anything else.
  const early = honest.replace(
    /(\w+)\.run\(\);(\s+return outcomes;)/,
    'queueMicrotask(() => $1.run());$2',
  )
  if (early === honest)
    throw new Error('the log’s thread does not look as it did: where does it commit?')
  writeFileSync(thread, early)
  return copy
}
