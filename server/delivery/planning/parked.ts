/** Parked events: what a part could not digest waits here with its reason, and what comes later of the same review behind it, until somebody tries again. */
import { type Kysely, sql } from 'kysely'
import type { AppTables } from '../../db/schema'
import type { EventLog, Recorded } from '../../log/event-log'
import type { Reactor } from '../contract/define-reactor'
import { planRows } from './plan'
import { type Subject, SubjectReader } from './subjects'

type App = Kysely<AppTables>

const BEHIND = 'waits behind a parked event of the same review'

class Indigestible extends Error {}

/** This event's own fault; anything else concerns the log or the database as a whole. */
export const isIndigestible = (error: unknown): error is Error =>
  error instanceof Indigestible || error instanceof TypeError

/** The log is busy or broken as a whole: no event's fault. */
const isOfTheLog = (error: Error) => error.name === 'LogUnavailable' || error.name === 'LogDamaged'

export const subjectOf = (present: SubjectReader, event: Recorded): Promise<Subject | undefined> =>
  present.subject(event).catch((error: Error) => {
    throw isOfTheLog(error) ? error : new Indigestible(error.message)
  })

export async function park(
  app: App,
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

/** Parks an event behind a parked one of its review, in one statement, so that whoever empties the row meanwhile sees it or it sees the row empty. False where none is parked. */
export async function parkBehind(
  app: App,
  part: string,
  { position, data }: Recorded,
  now: number,
): Promise<boolean> {
  const done =
    await sql`INSERT INTO parked (consumer, position, review_id, reason, at) SELECT ${part}, ${position}, ${data.id}, ${BEHIND}, ${now}
    WHERE EXISTS (SELECT 1 FROM parked WHERE consumer = ${part} AND review_id = ${data.id}) ON CONFLICT (consumer, position) DO UPDATE SET at = excluded.at`.execute(
      app,
    )
  return Boolean(done.numAffectedRows)
}

/** One review that a part does not go on with: the first event that it could not digest, why, and how many wait behind it. `at` is ISO. */
export interface Stuck {
  part: string
  reviewId: string
  position: number
  reason: string
  at: string
  behind: number
}

/** Oldest first. */
export async function stuckReviews(app: App, limit = 200): Promise<Stuck[]> {
  // With one min(), SQLite's bare columns are those of that row.
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

export interface Retrying {
  app: App
  log: EventLog
  siteUrl: string
  holdMs: number
  now: () => number
}

/** Plans the parked events of a part (of one review, if one is named) once more, each review in its order; one that fails again stays, with all behind it. Answers how many went on and how many stay. */
export async function retryParked(
  { app, log, siteUrl, holdMs, now }: Retrying,
  reactor: Reactor,
  reviewId?: string,
): Promise<{ planned: number; parked: number }> {
  const present = new SubjectReader(log, siteUrl)
  const failed: string[] = []
  const parked = app
    .selectFrom('parked')
    .where('consumer', '=', reactor.name)
    .$if(reviewId !== undefined, rows => rows.where('review_id', '=', reviewId!))
  let planned = 0
  for (;;) {
    const next = await parked
      .selectAll()
      .where(
        'review_id',
        'not in',
        sql<string>`(SELECT value FROM json_each(${JSON.stringify(failed)}))`,
      )
      .orderBy('position')
      .executeTakeFirst()
    if (!next) break
    const row = { consumer: next.consumer, position: next.position }
    const [event] = await log.read({ after: next.position - 1, limit: 1 })
    try {
      if (event)
        await planRows({ app, reactor, holdMs, now }, event, await subjectOf(present, event))
      await app
        .deleteFrom('parked')
        .where(there => there.and(row))
        .execute()
      planned++
    } catch (error) {
      if (!isIndigestible(error)) throw error
      failed.push(next.review_id)
      await app
        .updateTable('parked')
        .set({ reason: error.message, at: now() })
        .where(there => there.and(row))
        .execute()
    }
  }
  const left = await parked
    .select(there => there.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return { planned, parked: Number(left.n) }
}
