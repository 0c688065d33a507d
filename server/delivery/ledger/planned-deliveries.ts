/**
 * Puts rows into the ledger: one per event × part × recipient, however often an event is planned.
 */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { AppTables } from '../../db/schema'
import type { Planned } from '../contract/define-reactor'

/** What all rows of one event and part have in common. Times are ms. */
export interface DeliveryTemplate {
  reactor: string
  eventId: string
  position: number
  reviewId: string
  type: string
  dueAt: number
  now: number
  /** Why these rows must not be sent now, if they must not. */
  stopped?: string
}

/** Adds a page of rows; recipients already in the ledger for this event are left alone. */
export async function insertDeliveries(
  app: Kysely<AppTables>,
  { reactor, eventId, position, reviewId, type, dueAt, now, stopped }: DeliveryTemplate,
  page: Planned[],
) {
  if (!page.length) return
  const values = page.map(({ recipient, origin, bundle, dueAt: own }) => [
    recipient,
    origin ?? '',
    bundle ?? null,
    Math.max(dueAt, own ?? 0),
  ])
  await sql`
    INSERT INTO deliveries (
      reactor, event_id, position, review_id, type, recipient, origin, bundle,
      state, reason, attempts, due_at, created_at, updated_at
    )
    SELECT ${reactor}, ${eventId}, ${position}, ${reviewId}, ${type},
      json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'),
      ${stopped ? 'suppressed' : 'pending'}, ${stopped ?? null}, 0, json_extract(value, '$[3]'), ${now}, ${now}
    FROM json_each(${JSON.stringify(values)}) WHERE true
    ON CONFLICT (event_id, reactor, recipient) DO NOTHING`.execute(app)
}

/**
 * Starts these recipients' deliveries of an event again, from the first attempt and at the times
 * that now apply, where the condition holds. Returns how many.
 */
export async function restartDeliveries(
  app: Kysely<AppTables>,
  { reactor, eventId, dueAt, now }: Pick<DeliveryTemplate, 'reactor' | 'eventId' | 'dueAt' | 'now'>,
  page: Planned[],
  condition: RawBuilder<unknown>,
): Promise<number> {
  const done = await sql`
    UPDATE deliveries SET state = 'pending', attempts = 0, claim = NULL, reason = NULL,
      due_at = json_extract(p.value, '$[1]'), bundle = json_extract(p.value, '$[2]'),
      updated_at = ${now}
    FROM json_each(${JSON.stringify(
      page.map(({ recipient, dueAt: own, bundle }) => [
        recipient,
        Math.max(dueAt, own ?? 0),
        bundle ?? null,
      ]),
    )}) AS p
    WHERE event_id = ${eventId} AND reactor = ${reactor}
      AND recipient = json_extract(p.value, '$[0]') AND ${condition}`.execute(app)
  return Number(done.numAffectedRows ?? 0)
}

/** Which of these recipients have a row for this event that the condition holds for. */
export async function recipientsWhere(
  app: Kysely<AppTables>,
  { reactor, eventId }: Pick<DeliveryTemplate, 'reactor' | 'eventId'>,
  recipients: string[],
  condition: RawBuilder<unknown>,
): Promise<Set<string>> {
  const { rows } = await sql<{ recipient: string }>`
    SELECT recipient FROM deliveries
    WHERE event_id = ${eventId} AND reactor = ${reactor}
      AND recipient IN (SELECT value FROM json_each(${JSON.stringify(recipients)}))
      AND ${condition}`.execute(app)
  return new Set(rows.map(row => row.recipient))
}

/** Which of these recipients were sent the review, or are about to be. */
export async function alreadyTold(
  app: Kysely<AppTables>,
  reactor: string,
  reviewId: string,
  recipients: string[],
): Promise<Set<string>> {
  const { rows } = await sql<{ recipient: string }>`
    SELECT DISTINCT recipient FROM deliveries
    WHERE reactor = ${reactor} AND review_id = ${reviewId} AND type = 'ReviewPublished'
      AND (state IN ('accepted', 'sending', 'uncertain')
        OR bundle IS NOT NULL AND state IN ('pending', 'retry'))
      AND recipient IN (SELECT value FROM json_each(${JSON.stringify(recipients)}))`.execute(app)
  return new Set(rows.map(row => row.recipient))
}
