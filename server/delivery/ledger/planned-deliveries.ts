/**
 * Puts rows into the ledger: one per event × part × recipient, however often an event is planned.
 */
import { type Kysely, sql } from 'kysely'
import type { AppTables } from '../../db/schema'
import type { Planned } from '../contract/define-reactor'
import { isUnfinished } from './delivery-row'

/** What all rows of one event and part have in common. Times are ms. */
export interface DeliveryTemplate {
  reactor: string
  eventId: string
  position: number
  reviewId: string
  type: string
  dueAt: number
  now: number
}

/** Adds a page of rows; recipients already in the ledger for this event are left alone. */
export async function insertDeliveries(
  app: Kysely<AppTables>,
  { reactor, eventId, position, reviewId, type, dueAt, now }: DeliveryTemplate,
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
      state, attempts, due_at, created_at, updated_at
    )
    SELECT ${reactor}, ${eventId}, ${position}, ${reviewId}, ${type},
      json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'),
      'pending', 0, json_extract(value, '$[3]'), ${now}, ${now}
    FROM json_each(${JSON.stringify(values)}) WHERE true
    ON CONFLICT (event_id, reactor, recipient) DO NOTHING`.execute(app)
}

/**
 * Restarts these recipients' deliveries of an event from the first attempt; unfinished ones are
 * left alone.
 */
export async function resetDeliveries(
  app: Kysely<AppTables>,
  { reactor, eventId, dueAt, now }: Pick<DeliveryTemplate, 'reactor' | 'eventId' | 'dueAt' | 'now'>,
  recipients: string[],
) {
  await sql`
    UPDATE deliveries SET state = 'retry', attempts = 0, due_at = ${dueAt}, claim = NULL,
      reason = NULL, updated_at = ${now}
    WHERE event_id = ${eventId} AND reactor = ${reactor} AND NOT ${isUnfinished}
      AND recipient IN (SELECT value FROM json_each(${JSON.stringify(recipients)}))`.execute(app)
}

/** Which of these recipients are in the ledger for this event, whether or not it reached them. */
export const plannedRecipients = (
  app: Kysely<AppTables>,
  reactor: string,
  eventId: string,
  recipients: string[],
) => recipientsIn(app, reactor, eventId, recipients, sql`true`)

/** Which of these recipients have a delivery of this event waiting or being sent. */
export const unfinishedRecipients = (
  app: Kysely<AppTables>,
  reactor: string,
  eventId: string,
  recipients: string[],
) => recipientsIn(app, reactor, eventId, recipients, isUnfinished)

async function recipientsIn(
  app: Kysely<AppTables>,
  reactor: string,
  eventId: string,
  recipients: string[],
  condition: typeof isUnfinished,
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
