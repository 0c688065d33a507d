/** Shows editors and integrators how a webhook is doing, and never its secret. */
import type { Kysely } from 'kysely'
import type { ShownWebhook, WebhookState } from '../../../shared/types/webhook'
import type { AppTables } from '../../db/schema'
import type { WebhookRow } from './store'
import { subscriptionOfRow } from './stored-subscription'

/** In the order of their creation, a page at a time; with `onlyOf`, those of that person. */
export async function listWebhooks(
  app: Kysely<AppTables>,
  { after, limit, onlyOf, now }: { after: string; limit: number; onlyOf?: string; now: number },
): Promise<ShownWebhook[]> {
  const rows = await app
    .selectFrom('webhooks')
    .selectAll()
    .where('id', '>', after)
    .$if(onlyOf !== undefined, query => query.where('owner', '=', onlyOf!))
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(row => viewOf(row, now))
}

export function viewOf(row: WebhookRow, now: number): ShownWebhook {
  const {
    id,
    url,
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
  const { types = null, subject, wants, shape, fields } = subscriptionOfRow(row)
  return {
    id,
    url,
    types,
    ...(subject && { subject }),
    ...(wants && { wants }),
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

const iso = (ms: number) => new Date(ms).toISOString()
