/**
 * Imports readers who agreed elsewhere from a stream of NDJSON or CSV, in batches. No email is
 * sent, and a bad line never affects the others.
 */
import type { Kysely } from 'kysely'
import type { AppTables } from '../../db/schema'
import { linesOf } from '../../kit/line-reader'
import { type Candidate, candidateReader, type Skipped } from './candidates'
import { keep } from './keep'
import { recordsOf } from './records'

const BATCH = 500
/** At most this many reasons are reported; the rest are only counted. */
const MOST_REASONS = 1000

/**
 * `format` is guessed if not given; `head` returns the log's, and is called for each batch;
 * `mayCall` says why an endpoint may not be called.
 */
export interface ImportOptions {
  format?: 'ndjson' | 'csv'
  head: () => Promise<number>
  mayCall: (url: string) => string | undefined
  now: number
}

export interface Imported {
  imported: number
  skipped: Skipped[]
  skippedTotal: number
}

/**
 * What was read before a connection broke is kept; sending the file again adds the rest, because
 * existing readers are skipped.
 */
export async function importReaders(
  app: Kysely<AppTables>,
  chunks: AsyncIterable<Uint8Array>,
  { format, head, mayCall, now }: ImportOptions,
): Promise<Imported> {
  const read = candidateReader(mayCall, now)
  const skipped: Skipped[] = []
  let batch: Candidate[] = []
  let imported = 0
  let skippedTotal = 0

  const skip = (lines: Skipped[]) => {
    skippedTotal += lines.length
    skipped.push(...lines.slice(0, MOST_REASONS - skipped.length))
  }
  const keepBatch = async () => {
    const refused = await keep(app, batch, { head: await head(), now })
    imported += batch.length - refused.length
    skip(refused)
    batch = []
  }

  for await (const record of recordsOf(linesOf(chunks), format)) {
    const candidate = read(record)
    if ('reason' in candidate) skip([candidate])
    else if (batch.push(candidate) === BATCH) await keepBatch()
  }
  if (batch.length) await keepBatch()
  return { imported, skipped: skipped.toSorted((a, b) => a.line - b.line), skippedTotal }
}
