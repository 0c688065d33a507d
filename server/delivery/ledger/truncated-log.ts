/**
 * Refuses a log that has lost its end: the next events would get positions that the parts have
 * already passed, and would never be sent.
 */
import type { Kysely } from 'kysely'
import type { AppTables } from '../../db/schema'
import type { EventLog } from '../../log/event-log'

/**
 * What is wrong if the log ends at `head` and the furthest part has read up to `read`; undefined if
 * nothing is.
 */
export const truncated = (head: number, read: number): string | undefined =>
  head < read
    ? `The log ends at position ${head}, and the parts have read up to ${read}: events are missing. log.sqlite and app.sqlite must be from the same moment. Restore a backup, or import an export into an empty log`
    : undefined

/**
 * Throws when events are missing at the end. Reads the checkpoints first, because another process
 * may append and read on meanwhile.
 */
export async function refuseTruncatedLog(app: Kysely<AppTables>, log: EventLog) {
  const { read } = await app
    .selectFrom('consumers')
    .select(e => e.fn.max('checkpoint').as('read'))
    .executeTakeFirstOrThrow()
  const wrong = truncated(await log.head(), Number(read ?? 0))
  if (wrong) throw new Error(wrong)
}
