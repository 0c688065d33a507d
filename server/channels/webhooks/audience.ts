/** Who is called on a notice: all that the reactor knows of webhooks. */
import { sql } from 'kysely'
import { NOTICE_TYPE, type PublicEventType } from '../../../shared/types/notice'
import { appReadOnly } from '../../db/open'
import type { AudienceQuery, Planned } from '../../delivery/contract/define-reactor'
import { listOf, type WebhookRow } from './store'

/** What sending to one needs. `secrets` are those that are valid now, the newest first. */
export interface Webhook {
  id: string
  url: string
  secrets: string[]
  shape: WebhookRow['shape']
  fields?: string[]
}

/**
 * Those that are on, asked for this type, and asked before it happened or for old events too. The place that is rested when it fails is the one
 * webhook, not its host: a thousand may share a host, and one that hangs must not hold up the others.
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

/** Just before sending; who is missing was removed or switched off. */
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
