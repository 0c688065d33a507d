/**
 * Everything the reactor knows about webhooks: which of them an event calls, and what a call to
 * each needs.
 */
import { sql } from 'kysely'
import { NOTICE_TYPE, type PublicEventType } from '../../../shared/types/notice'
import { appReadOnly } from '../../db/open'
import type { AudienceQuery, Planned } from '../../delivery/contract/define-reactor'
import { listOf, type WebhookRow } from './store'

/** What a call needs. `secrets` are those that are valid now, newest first. */
export interface Webhook {
  id: string
  url: string
  secrets: string[]
  shape: WebhookRow['shape']
  fields?: string[]
}

/**
 * Webhooks that are on, asked for this type, and asked before it happened or for old events too.
 * What is paused after failures is the single webhook, not its host: a thousand may share a host,
 * and one that hangs must not hold up the others.
 */
export async function webhookAudience({ event, after, limit }: AudienceQuery): Promise<Planned[]> {
  const rows = await appReadOnly()
    .selectFrom('webhooks')
    .select('id')
    .where('id', '>', after)
    .where('disabled_at', 'is', null)
    .where('position', '<', event.position)
    .where(wants(event.type))
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => placeOf(id))
}

export const placeOf = (id: string): Planned => ({ recipient: id, origin: id })

const wants = (type: string) =>
  sql<boolean>`(types IS NULL OR EXISTS (SELECT 1 FROM json_each(types) WHERE value = ${NOTICE_TYPE[type as PublicEventType]}))`

/** Called just before sending; webhooks missing from the result were removed or switched off. */
export async function loadWebhooks(ids: string[]): Promise<Map<string, Webhook>> {
  const rows = await appReadOnly()
    .selectFrom('webhooks')
    .selectAll()
    .where('id', 'in', ids)
    .where('disabled_at', 'is', null)
    .execute()
  return new Map(rows.map(row => [row.id, callable(row, Date.now())]))
}

export const callable = (
  { id, url, secret, previous_secret, previous_until, shape, fields }: WebhookRow,
  now: number,
): Webhook => ({
  id,
  url,
  secrets: [secret, ...(previous_secret && (previous_until ?? 0) > now ? [previous_secret] : [])],
  shape,
  fields: listOf(fields),
})
