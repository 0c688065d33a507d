/**
 * Decides when operators get an email: news is collected until it stops or is a minute old, the
 * same alert is sent at most once an hour, and once more when it is resolved.
 */
import { type Kysely, sql } from 'kysely'
import type { AppTables } from '../../db/schema'

type App = Kysely<AppTables>

const QUIET_MS = 10_000
const GATHER_MS = 60_000
const AGAIN_MS = 3600_000
const BETWEEN_MS = 60_000

/**
 * Takes what is due and queues one email to each editor and owner, in one transaction: two
 * processes never take the same alert, and a crash neither loses nor duplicates an email. People
 * who already have one waiting (the mail server is down) get the news in that one. `now` in ms;
 * returns how many alerts were taken.
 */
export async function queueLetters(app: App, now: number): Promise<number> {
  const due = app.selectFrom('alerts').select('about').where(isDue(now))
  if (!(await due.limit(1).executeTakeFirst())) return 0
  return app.transaction().execute(async tx => {
    const taken = await tx
      .updateTable('alerts')
      .set({
        said_before: sql`CASE WHEN settled_at IS NULL THEN said ELSE said_before END`,
        said: sql`count`,
        told_at: sql`CASE WHEN settled_at IS NULL THEN ${now} ELSE told_at END`,
        noted_at: sql`CASE WHEN settled_at IS NULL THEN NULL ELSE ${now} END`,
      })
      .where(isDue(now))
      .returning('about')
      .execute()
    if (!taken.length) return 0
    const people = await tx
      .selectFrom('people')
      .select('id')
      .where('role', 'in', ['owner', 'editor'])
      .execute()
    const waiting = new Map(
      (await tx.selectFrom('alert_letters').selectAll().execute()).map(row => [row.person_id, row]),
    )
    for (const { id } of people) {
      const abouts = JSON.stringify([
        ...new Set([
          ...(JSON.parse(waiting.get(id)?.abouts ?? '[]') as string[]),
          ...taken.map(alert => alert.about),
        ]),
      ])
      await tx
        .insertInto('alert_letters')
        .values({ person_id: id, abouts, created_at: now, attempts: 0, due_at: now })
        .onConflict(there => there.column('person_id').doUpdateSet({ abouts, created_at: now }))
        .execute()
    }
    return taken.length
  })
}

/** Compares by distance, so that a clock that is set back delays nothing. */
const isLongAgo = (
  column: 'told_at' | 'noted_at' | 'last_at' | 'unsaid_since' | 'settled_at',
  ms: number,
  now: number,
) => sql<boolean>`(${sql.ref(column)} IS NULL OR abs(${now} - ${sql.ref(column)}) >= ${ms})`

const isDue = (now: number) => sql<boolean>`(
  (settled_at IS NULL AND count > said AND (${isLongAgo('last_at', QUIET_MS, now)} OR ${isLongAgo('unsaid_since', GATHER_MS, now)}) AND ${isLongAgo('told_at', AGAIN_MS, now)}
    OR ${isLongAgo('settled_at', QUIET_MS, now)} AND settled_at IS NOT NULL AND noted_at IS NULL AND said > 0)
  AND NOT EXISTS (SELECT 1 FROM alerts WHERE NOT (${isLongAgo('told_at', BETWEEN_MS, now)} AND ${isLongAgo('noted_at', BETWEEN_MS, now)})))`
