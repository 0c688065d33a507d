/** A log that ends before what the parts have read lost its end: what is published next would have positions that they passed, and be told to nobody. */
import type { Kysely } from 'kysely'
import type { AppTables } from '../../db/schema'
import type { EventLog } from '../../log/event-log'

/** What is wrong where the log ends at `head` and the furthest part has read up to `read`; undefined when nothing is. */
export const truncated = (head: number, read: number): string | undefined =>
  head < read
    ? `The log ends at position ${head}, and the parts have read up to ${read}: facts are missing. log.sqlite and app.sqlite must be of one time. Restore a backup, or import an export into an empty log`
    : undefined

/** Throws when facts are missing at the end. The parts are asked first, for other processes go on meanwhile. */
export async function refuseTruncatedLog(app: Kysely<AppTables>, log: EventLog) {
  const { read } = await app
    .selectFrom('consumers')
    .select(e => e.fn.max('checkpoint').as('read'))
    .executeTakeFirstOrThrow()
  const wrong = truncated(await log.head(), Number(read ?? 0))
  if (wrong) throw new Error(wrong)
}
