/** What editors and integrators see of a webhook: how it goes, never the secret. */
import { type Kysely, sql } from 'kysely'
import { NOTICE_TYPE, type PublicEventType } from '../../../shared/types/notice'
import type {
  ShownWebhook,
  WebhookDelivery,
  WebhookSheet,
  WebhookState,
} from '../../../shared/types/webhook'
import type { AppTables } from '../../db/schema'
import { listOf, requireWebhook, type WebhookRow } from './store'

type App = Kysely<AppTables>
const PART = 'webhooks'
const NEWEST = 20

/** In the order they were made, a page at a time. */
export async function listWebhooks(
  app: App,
  { after, limit, now }: { after: string; limit: number; now: number },
): Promise<ShownWebhook[]> {
  const rows = await app
    .selectFrom('webhooks')
    .selectAll()
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(row => viewOf(row, now))
}

/** One, with its newest deliveries. */
export async function webhookSheet(app: App, id: string, now: number): Promise<WebhookSheet> {
  const row = await requireWebhook(app, id)
  const of = () =>
    app.selectFrom('deliveries').where('reactor', '=', PART).where('recipient', '=', id)
  const counts = await of()
    .select([
      sql<number | null>`sum(state IN ('pending', 'sending', 'retry'))`.as('waiting'),
      sql<number | null>`sum(state = 'dead')`.as('dead'),
    ])
    .executeTakeFirst()
  const newest = await of().selectAll().orderBy('position', 'desc').limit(NEWEST).execute()
  return {
    ...viewOf(row, now),
    waiting: counts?.waiting ?? 0,
    givenUp: counts?.dead ?? 0,
    deliveries: newest.map(delivered),
  }
}

function viewOf(row: WebhookRow, now: number): ShownWebhook {
  const {
    id,
    url,
    shape,
    owner,
    position,
    last_at,
    last_status,
    last_ms,
    last_said,
    failing_since,
    disabled_at,
    disabled_reason,
    previous_until,
  } = row
  const fields = listOf(row.fields)
  return {
    id,
    url,
    types: listOf(row.types) ?? null,
    shape,
    ...(fields && { fields }),
    after: position,
    state: stateOf(row),
    owner,
    createdAt: iso(row.created_at),
    ...(failing_since !== null && { failingSince: iso(failing_since) }),
    ...(disabled_at !== null && { disabledAt: iso(disabled_at) }),
    ...(disabled_reason !== null && { disabledReason: disabled_reason }),
    ...((previous_until ?? 0) > now && { previousSecretUntil: iso(previous_until!) }),
    ...(last_at !== null && {
      lastAnswer: {
        ok: failing_since === null,
        at: iso(last_at),
        ...(last_status !== null && { status: last_status }),
        ms: last_ms ?? 0,
        ...(last_said !== null && { said: last_said }),
      },
    }),
  }
}

function stateOf({ disabled_at, disabled_reason, failing_since }: WebhookRow): WebhookState {
  if (disabled_at !== null) return disabled_reason === null ? 'paused' : 'disabled'
  return failing_since === null ? 'active' : 'failing'
}

function delivered(row: {
  event_id: string
  type: string
  position: number
  review_id: string
  state: string
  attempts: number
  updated_at: number
  due_at: number
  reason: string | null
  receipt: string | null
}): WebhookDelivery {
  const { status, ms } = (
    row.receipt && row.state === 'accepted' ? JSON.parse(row.receipt) : {}
  ) as { status?: number; ms?: number }
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
