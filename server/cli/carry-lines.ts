/** Reads an exported log line by line into an open transaction, and names the first bad line. */
import { linesOf } from '../kit/line-reader'
import type { Head } from '../log/stored-event'
import type { Carried, Carrier } from '../log/transfer/carrier'
import { BadEvent } from '../log/transfer/ndjson'
import { Complaint, progress } from './command'

/** In bytes: a review of 100 kB is less than 1 MB with its tree. */
const LONGEST_EVENT = 16 << 20

/**
 * Returns where the log now ends, how many texts of it were sealed just now, and slug → review for
 * everything that was published. Throws Complaint.
 */
export async function carryLines(
  carried: Carrier,
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ head: Head; sealed: number; slugs: Map<string, string> }> {
  const slugs = new Map<string, string>()
  const say = progress()
  for await (const { line, ...found } of linesOf(bytes, LONGEST_EVENT)) {
    say(() => `line ${line}`)
    if ('wrong' in found) throw damaged(line, `it ${found.wrong}`)
    if (!found.text.trim()) continue
    remember(
      slugs,
      orDamaged(line, () => carried.take(found.text)),
    )
  }
  return { ...orDamaged(undefined, () => carried.end()), slugs }
}

function remember(slugs: Map<string, string>, { type, data }: Carried) {
  if (type !== 'ReviewPublished' && type !== 'ReviewErased') return
  const { slug, id } = data as { slug: string; id: string }
  slugs.set(slug, id)
}

function orDamaged<T>(line: number | undefined, run: () => T): T {
  try {
    return run()
  } catch (error) {
    throw error instanceof BadEvent ? damaged(line, error.message) : error
  }
}

const damaged = (line: number | undefined, reason: string) =>
  new Complaint(
    `${line ? `Line ${line}: ` : ''}${reason[0]!.toUpperCase()}${reason.slice(1)}. Nothing was imported.`,
  )
