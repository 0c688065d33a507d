/**
 * Parks events: one that a part cannot process waits with its reason, and later events of the same
 * review wait behind it.
 */
import { type Kysely, sql } from 'kysely'
import type { AppTables } from '../../db/schema'
import type { Recorded } from '../../log/event-log'
import type { Subject, SubjectReader } from './subjects'

const BEHIND = 'waits behind a parked event of the same review'

class Unprocessable extends Error {}

/**
 * True if this event alone is at fault; anything else concerns the log or the database as a whole.
 */
export const isUnprocessable = (error: unknown): error is Error =>
  error instanceof Unprocessable || error instanceof TypeError

/**
 * The subject of an event to be planned; throws an `Unprocessable` error if only this event is at
 * fault.
 */
export const subjectToPlan = (
  subjects: SubjectReader,
  event: Recorded,
): Promise<Subject | undefined> =>
  subjects.of(event).catch((error: Error) => {
    throw isOfTheLog(error) ? error : new Unprocessable(error.message)
  })

/** True if the log as a whole is busy or broken, which is no event's fault. */
const isOfTheLog = (error: Error) => error.name === 'LogUnavailable' || error.name === 'LogDamaged'

export async function park(
  app: Kysely<AppTables>,
  part: string,
  { position, data }: Recorded,
  reason: string,
  now: number,
) {
  await app
    .insertInto('parked')
    .values({ consumer: part, position, review_id: data.id, reason, at: now })
    .onConflict(there => there.doNothing())
    .execute()
}

/**
 * Parks an event behind a parked one of its review; false if none is parked. One statement, so that
 * a retry under way either sees this event or leaves none for it to wait behind.
 */
export async function parkBehind(
  app: Kysely<AppTables>,
  part: string,
  { position, data }: Recorded,
  now: number,
): Promise<boolean> {
  const done = await sql`
    INSERT INTO parked (consumer, position, review_id, reason, at)
    SELECT ${part}, ${position}, ${data.id}, ${BEHIND}, ${now}
    WHERE EXISTS (SELECT 1 FROM parked WHERE consumer = ${part} AND review_id = ${data.id})
    ON CONFLICT (consumer, position) DO UPDATE SET at = excluded.at`.execute(app)
  return Boolean(done.numAffectedRows)
}

/**
 * A review that a part is stuck on: the first event that it could not process, why, and how many
 * wait behind it. `at` is ISO.
 */
export interface Stuck {
  part: string
  reviewId: string
  position: number
  reason: string
  at: string
  behind: number
}

/** Oldest first. */
export async function stuckReviews(app: Kysely<AppTables>, limit = 200): Promise<Stuck[]> {
  // With a single min(), SQLite takes the bare columns from the row that has the minimum.
  const { rows } = await sql<{
    consumer: string
    review_id: string
    position: number
    reason: string
    at: number
    n: number
  }>`SELECT consumer, review_id, min(position) AS position, reason, at, count(*) AS n
    FROM parked GROUP BY consumer, review_id ORDER BY position LIMIT ${limit}`.execute(app)
  return rows.map(({ consumer, review_id, position, reason, at, n }) => ({
    part: consumer,
    reviewId: review_id,
    position,
    reason,
    at: new Date(at).toISOString(),
    behind: n - 1,
  }))
}
