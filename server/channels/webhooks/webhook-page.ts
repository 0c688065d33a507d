/** Reads one webhook with its newest deliveries, for its page. */
import { type Kysely, type Selectable, sql } from 'kysely'
import { NOTICE_TYPE, type PublicEventType } from '../../../shared/types/notice'
import type { WebhookDelivery, WebhookPage } from '../../../shared/types/webhook'
import type { AppTables } from '../../db/schema'
import { webhookPart } from './part'
import { requireWebhook, type Which } from './store'
import { viewOf } from './view'

const NEWEST = 20

/** Throws a 404 if it does not exist (any more), or is not theirs. */
export async function webhookPage(
  app: Kysely<AppTables>,
  which: Which,
  now: number,
): Promise<WebhookPage> {
  const row = await requireWebhook(app, which)
  const deliveries = app
    .selectFrom('deliveries')
    .where('reactor', '=', webhookPart().name)
    .where('recipient', '=', row.id)
  const counts = await deliveries
    .select([
      sql<number | null>`sum(state IN ('pending', 'sending', 'retry'))`.as('waiting'),
      sql<number | null>`sum(state = 'dead')`.as('dead'),
    ])
    .executeTakeFirst()
  const newest = await deliveries.selectAll().orderBy('position', 'desc').limit(NEWEST).execute()
  return {
    ...viewOf(row, now),
    waiting: counts?.waiting ?? 0,
    givenUp: counts?.dead ?? 0,
    deliveries: newest.map(deliveryOf),
  }
}

function deliveryOf(row: Selectable<AppTables['deliveries']>): WebhookDelivery {
  const hasAnswer = row.receipt && row.state === 'accepted'
  const answer: { status?: number; ms?: number } = hasAnswer ? JSON.parse(row.receipt!) : {}
  const { status, ms } = answer
  return {
    eventId: row.event_id,
    type: NOTICE_TYPE[row.type as PublicEventType],
    position: row.position,
    reviewId: row.review_id,
    state: row.state,
    attempts: row.attempts,
    at: iso(row.updated_at),
    ...((row.state === 'retry' || row.state === 'pending') && { nextAt: iso(row.due_at) }),
    ...(status && { status, ms }),
    ...(row.reason && { reason: row.reason }),
  }
}

const iso = (ms: number) => new Date(ms).toISOString()
