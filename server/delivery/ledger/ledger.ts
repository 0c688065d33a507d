/** The ledger: one row per event × part × recipient, from planned to told. Every change of a row is here. */
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { AppTables } from '../../db/schema'
import type { Planned, Receipt } from '../contract/define-reactor'

type App = Kysely<AppTables> | Transaction<AppTables>
export type DeliveryRow = Selectable<AppTables['deliveries']>

/** Written out, not bound: only so does the database see that an index of what is still to be done will do. */
const TO_DO = [sql.lit('pending' as const), sql.lit('retry' as const)]

export interface Plan {
  reactor: string
  eventId: string
  position: number
  reviewId: string
  type: string
  text?: string
  dueAt: number
  now: number
}

/** Adds a page of rows; who stands there already is left alone, however often it is planned. */
export async function plan(
  app: App,
  { reactor, eventId, position, reviewId, type, text, dueAt, now }: Plan,
  page: Planned[],
) {
  if (!page.length) return
  await sql`INSERT INTO deliveries (reactor, event_id, position, review_id, type, recipient, origin, bundle, state, attempts, due_at, text, created_at, updated_at)
    SELECT ${reactor}, ${eventId}, ${position}, ${reviewId}, ${type}, json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'), 'pending', 0, json_extract(value, '$[3]'), ${text ?? null}, ${now}, ${now}
    FROM json_each(${JSON.stringify(page.map(p => [p.recipient, p.origin ?? '', p.bundle ?? null, Math.max(dueAt, p.dueAt ?? 0)]))}) WHERE true
    ON CONFLICT (event_id, reactor, recipient) DO NOTHING`.execute(app)
}

/** What waits for this review (and part, if one is named) will not be sent. Answers how many. */
export async function cancel(
  app: App,
  where: { reviewId: string; reactor?: string; reason: string; now: number },
): Promise<number> {
  const done = await app
    .updateTable('deliveries')
    .set({ state: 'suppressed', reason: where.reason, updated_at: where.now })
    .where('review_id', '=', where.reviewId)
    .where('state', 'in', ['pending', 'retry'])
    .$if(where.reactor !== undefined, q => q.where('reactor', '=', where.reactor!))
    .executeTakeFirst()
  return Number(done.numUpdatedRows)
}

/** What has not left does not leave: what waits is suppressed, and what is under way is sent no second time. Answers how many wait no more. */
export async function hold(
  app: Kysely<AppTables>,
  { reviewId, reason, now }: { reviewId: string; reason: string; now: number },
): Promise<number> {
  return app.transaction().execute(async tx => {
    await tx
      .insertInto('holds')
      .values({ review_id: reviewId, reason, at: now })
      .onConflict(c => c.column('review_id').doUpdateSet({ reason, at: now }))
      .execute()
    await tx
      .updateTable('deliveries')
      .set({ state: 'uncertain', reason, updated_at: now })
      .where('review_id', '=', reviewId)
      .where('state', '=', 'sending')
      .execute()
    return cancel(tx, { reviewId, reason, now })
  })
}

/** The hold of a review that was made after a fact of that time (ISO), if any: what the fact would tell does not leave. */
export const heldSince = (app: App, reviewId: string, at: string) =>
  app
    .selectFrom('holds')
    .select('reason')
    .where('review_id', '=', reviewId)
    .where('at', '>=', Date.parse(at))
    .executeTakeFirst()

/** For a part that was behind when everything was held: what it has just planned of a fact from before the hold does not leave either. */
export async function keepHeld(
  app: App,
  { reviewId, reactor, at, now }: { reviewId: string; reactor: string; at: string; now: number },
) {
  const held = await heldSince(app, reviewId, at)
  if (held) await cancel(app, { reviewId, reactor, reason: held.reason, now })
}

/**
 * Claims what is due, oldest first; nothing of a part that is paused, also when that was in the middle of a long sending. A row waits while an earlier one of the same part, review and recipient is under way; `inTurn` while any of the same recipient is.
 * Rows of `bundled` recipients come together with all due rows of their bundle.
 */
export async function claim(
  app: App,
  {
    reactor,
    claim,
    now,
    limit,
    paused,
    inTurn = false,
  }: {
    reactor: string
    claim: string
    now: number
    limit: number
    paused: string[]
    inTurn?: boolean
  },
): Promise<DeliveryRow[]> {
  const due = sql`FROM deliveries d WHERE d.reactor = ${reactor} AND d.state IN ('pending', 'retry') AND d.due_at <= ${now}
      AND d.origin NOT IN (SELECT value FROM json_each(${JSON.stringify(paused)})) AND NOT EXISTS (SELECT 1 FROM consumers c WHERE c.name = d.reactor AND c.paused = 1)
      AND (d.bundle IS NOT NULL OR NOT EXISTS (SELECT 1 FROM deliveries e WHERE e.reactor = d.reactor AND e.review_id = d.review_id AND e.recipient = d.recipient AND e.position < d.position AND (e.state IN ('pending', 'sending', 'retry') OR e.state = 'uncertain' AND e.claim = ${claim})))`
  const chosen = inTurn
    ? sql`SELECT id FROM (SELECT d.id, d.due_at, row_number() OVER (PARTITION BY d.recipient ORDER BY d.due_at, d.position) AS turn ${due}
      AND d.recipient NOT IN (SELECT recipient FROM deliveries WHERE reactor = ${reactor} AND state = 'sending')) WHERE turn = 1 ORDER BY due_at, id LIMIT ${limit}`
    : sql`SELECT d.id ${due} ORDER BY d.due_at, d.id LIMIT ${limit}`
  const { rows } =
    await sql<DeliveryRow>`UPDATE deliveries SET state = 'sending', claim = ${claim}, updated_at = ${now} WHERE id IN (${chosen}) RETURNING *`.execute(
      app,
    )
  const partial = new Map(rows.filter(r => r.bundle).map(r => [`${r.recipient} ${r.bundle}`, r]))
  if (!partial.size || rows.length < limit) return rows
  const rest =
    await sql<DeliveryRow>`UPDATE deliveries SET state = 'sending', claim = ${claim}, updated_at = ${now}
    WHERE reactor = ${reactor} AND state IN ('pending', 'retry') AND due_at <= ${now} AND bundle IS NOT NULL AND recipient || ' ' || bundle IN (SELECT value FROM json_each(${JSON.stringify([...partial.keys()])})) RETURNING *`.execute(
      app,
    )
  return [...rows, ...rest.rows]
}

export interface RecordedOutcome {
  id: number
  state: DeliveryRow['state']
  attempts: number
  dueAt: number
  reason: string | null
  receipt: Receipt | null
  bundle?: string
}

/** Writes outcomes in one statement; only rows that this claim still holds change. What was held meanwhile (`uncertain`) either arrived or is over. */
export async function recordOutcomes(
  app: App,
  claim: string,
  outcomes: RecordedOutcome[],
  now: number,
) {
  if (!outcomes.length) return
  const list = JSON.stringify(
    outcomes.map(o => [
      o.id,
      o.state,
      o.attempts,
      o.dueAt,
      o.reason,
      o.receipt && JSON.stringify(o.receipt),
      o.bundle ?? null,
    ]),
  )
  const isOver = sql`(deliveries.state = 'uncertain' AND json_extract(o.value, '$[1]') IN ('pending', 'retry', 'dead'))`
  await sql`UPDATE deliveries SET state = CASE WHEN ${isOver} THEN 'suppressed' ELSE json_extract(o.value, '$[1]') END, attempts = json_extract(o.value, '$[2]'), due_at = json_extract(o.value, '$[3]'), reason = CASE WHEN ${isOver} THEN reason ELSE json_extract(o.value, '$[4]') END,
    receipt = coalesce(json_extract(o.value, '$[5]'), receipt), bundle = coalesce(json_extract(o.value, '$[6]'), bundle), claim = NULL, updated_at = ${now}
    FROM json_each(${list}) AS o WHERE deliveries.id = json_extract(o.value, '$[0]') AND deliveries.claim = ${claim}`.execute(
    app,
  )
}

/** Sends that an earlier holder of the lease began and never recorded: they are due again, and the cut attempt does not count. */
export async function revive(app: App, reactor: string, claim: string, now: number) {
  await app
    .updateTable('deliveries')
    .set({ state: 'retry', claim: null, due_at: now, updated_at: now })
    .where('reactor', '=', reactor)
    .where('state', '=', sql.lit('sending' as const))
    .where('claim', '!=', claim)
    .execute()
}

/** A part that could not send and starts anew may have been mended (other keys): what waits is tried at once. */
export async function tryMended(app: App, reactor: string, now: number) {
  await app
    .updateTable('deliveries')
    .set({ due_at: now })
    .where('reactor', '=', reactor)
    .where('state', '=', 'retry')
    .where('due_at', '>', now)
    .where(e =>
      e.exists(
        e
          .selectFrom('consumers')
          .select('name')
          .where('name', '=', reactor)
          .where('stopped', 'is not', null),
      ),
    )
    .execute()
}

/** A clock that jumped back strands nothing. */
export async function drawIn(app: App, reactor: string, latest: number) {
  await app
    .updateTable('deliveries')
    .set({ due_at: latest })
    .where('reactor', '=', reactor)
    .where('state', 'in', TO_DO)
    .where('due_at', '>', latest)
    .execute()
}

/** When the first of those that are not due at `now` is. */
export async function nextDue(app: App, reactor: string, now: number): Promise<number | undefined> {
  const row = await app
    .selectFrom('deliveries')
    .select(e => e.fn.min('due_at').as('at'))
    .where('reactor', '=', reactor)
    .where('state', 'in', TO_DO)
    .where('due_at', '>', now)
    .executeTakeFirst()
  return row?.at ?? undefined
}

export async function saveProgress(app: App, id: number, progress: unknown) {
  await app
    .updateTable('deliveries')
    .set({ progress: JSON.stringify(progress) })
    .where('id', '=', id)
    .execute()
}

/** The newest receipt of a part for each recipient of a review; of a send that was never finished, what it saved as `receipt` with its progress. */
export async function receipts(
  app: App,
  reactor: string,
  reviewId: string,
  recipients: string[],
): Promise<Map<string, Receipt>> {
  const { rows } = await sql<{
    recipient: string
    receipt: string
  }>`SELECT recipient, coalesce(receipt, json_extract(progress, '$.receipt')) AS receipt FROM deliveries WHERE reactor = ${reactor} AND review_id = ${reviewId}
    AND coalesce(receipt, json_extract(progress, '$.receipt')) IS NOT NULL AND recipient IN (SELECT value FROM json_each(${JSON.stringify(recipients)})) ORDER BY position`.execute(
    app,
  )
  return new Map(rows.map(row => [row.recipient, JSON.parse(row.receipt)]))
}

/** Still to be told, or on its way: what was held while it left has a claim until its outcome is known. */
const isUnderWay = sql`(state IN ('pending', 'sending', 'retry') OR state = 'uncertain' AND claim IS NOT NULL)`

/** Of these recipients, who stands in the ledger for this event already, told or not; with `underWay` only those who are still to be told. */
export async function planned(
  app: App,
  reactor: string,
  eventId: string,
  recipients: string[],
  underWay = false,
): Promise<Set<string>> {
  const { rows } = await sql<{
    recipient: string
  }>`SELECT recipient FROM deliveries WHERE event_id = ${eventId} AND reactor = ${reactor} AND recipient IN (SELECT value FROM json_each(${JSON.stringify(recipients)}))
    ${underWay ? sql`AND ${isUnderWay}` : sql``}`.execute(app)
  return new Set(rows.map(row => row.recipient))
}

/** What these recipients were told of an event, or were not, is told once more from the first attempt; what is under way is left alone. */
export async function renew(
  app: App,
  { reactor, eventId, dueAt, now }: Pick<Plan, 'reactor' | 'eventId' | 'dueAt' | 'now'>,
  recipients: string[],
) {
  await sql`UPDATE deliveries SET state = 'retry', attempts = 0, due_at = ${dueAt}, claim = NULL, reason = NULL, updated_at = ${now} WHERE event_id = ${eventId} AND reactor = ${reactor} AND NOT ${isUnderWay}
    AND recipient IN (SELECT value FROM json_each(${JSON.stringify(recipients)}))`.execute(app)
}

/** Of these recipients, who was told of the review (or is about to be). */
export async function alreadyTold(
  app: App,
  reactor: string,
  reviewId: string,
  recipients: string[],
): Promise<Set<string>> {
  const { rows } = await sql<{
    recipient: string
  }>`SELECT DISTINCT recipient FROM deliveries WHERE reactor = ${reactor} AND review_id = ${reviewId} AND type = 'ReviewPublished'
    AND (state IN ('accepted', 'sending', 'uncertain') OR bundle IS NOT NULL AND state IN ('pending', 'retry')) AND recipient IN (SELECT value FROM json_each(${JSON.stringify(recipients)}))`.execute(
    app,
  )
  return new Set(rows.map(row => row.recipient))
}
