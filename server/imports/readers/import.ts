/**
 * Imports readers who agreed elsewhere from a stream of NDJSON or CSV, in batches. No email is
 * sent, and a bad line never affects the others.
 */
import type { Kysely } from 'kysely'
import type { AppTables } from '../../db/schema'
import { linesOf } from '../../kit/line-reader'
import { withCriticIds } from '../../readers/critic-ids'
import { type Candidate, candidateReader, type Departed, type Skipped } from './candidates'
import { type FileHabits, learnHabits } from './file-habits'
import { keep } from './keep'
import type { Joining } from './keep-mail'
import { recordsOf } from './records'
import { SkippedLines } from './skipped-lines'
import { StatusWatch } from './status-watch'

const BATCH = 500

/**
 * `format` is guessed if not given; `head` returns the log's, and is called for each batch;
 * `mayCall` says why an endpoint may not be called; a `dryRun` only counts.
 */
export interface ImportOptions {
  format?: 'ndjson' | 'csv'
  head: () => Promise<number>
  mayCall: (url: string) => string | undefined
  now: number
  dryRun?: boolean
}

/** `reasons` counts all that were skipped; `warnings` are sentences about the file as a whole. */
export interface Imported {
  imported: number
  skipped: Skipped[]
  skippedTotal: number
  reasons: { [reason: string]: number }
  warnings: string[]
}

/**
 * What was read before a connection broke is kept; sending the file again adds the rest, because
 * existing readers are skipped.
 */
export async function importReaders(
  app: Kysely<AppTables>,
  chunks: AsyncIterable<Uint8Array>,
  { format, head, mayCall, now, dryRun }: ImportOptions,
): Promise<Imported> {
  const read = candidateReader(mayCall, now)
  const statuses = new StatusWatch()
  const skipped = new SkippedLines()
  const preview: Joining['preview'] = dryRun ? new Map() : undefined
  let batch: (Candidate | Departed)[] = []
  let imported = 0

  const keepBatch = async () => {
    const named = await Promise.all(batch.map(withIds))
    const refused = await keep(app, named, { head: await head(), now, preview })
    imported += batch.length - refused.length
    skipped.add(refused)
    batch = []
  }

  const { habits, records } = await learnHabits(recordsOf(linesOf(chunks), format))
  for await (const record of records) {
    statuses.look(record)
    const candidate = read(record, habits)
    if ('reason' in candidate && !('departed' in candidate)) skipped.add([candidate])
    else if (batch.push(candidate) === BATCH) await keepBatch()
  }
  if (batch.length) await keepBatch()
  return {
    imported,
    ...skipped.report(),
    warnings: [...statuses.sentences(), ...assumption(habits)],
  }
}

const withIds = async (candidate: Candidate | Departed) =>
  'wants' in candidate ? { ...candidate, wants: await withCriticIds(candidate.wants) } : candidate

const assumption = ({ assumed }: FileHabits) =>
  assumed
    ? [
        `Dates such as ${assumed} were read as month/day/year, because no line tells otherwise. If that is wrong, write them as 2026-03-01.`,
      ]
    : []
