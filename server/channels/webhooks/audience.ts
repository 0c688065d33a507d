/**
 * Everything the reactor knows about webhooks: which of them an event calls, and what a call to
 * each needs.
 */
import { sql } from 'kysely'
import { NOTICE_TYPE, type PublicEventType } from '../../../shared/types/notice'
import { appReadOnly } from '../../db/open'
import type { AudienceQuery, Planned } from '../../delivery/contract/define-reactor'
import { useLog } from '../../log'
import type { Recorded } from '../../log/event-log'
import type { Form } from '../../notices/notice'
import { historiesOf, type ReviewHistory } from '../../notices/review-histories'
import { isWanted } from '../../notices/wanted'
import type { WebhookRow } from './store'
import { subscriptionOfRow } from './stored-subscription'

/** What a call needs. `secrets` are those that are valid now, newest first. */
export interface Webhook extends Form {
  id: string
  url: string
  secrets: string[]
}

/**
 * Webhooks that are on, asked for this event, and asked before it happened or for old events too.
 * What is paused after failures is the single webhook, not its host: a thousand may share a host,
 * and one that hangs must not hold up the others.
 */
export async function webhookAudience({ event, after, limit }: AudienceQuery): Promise<Planned[]> {
  const planned: Planned[] = []
  const wants = askWebhooks(event)
  for (let last = after; planned.length < limit;) {
    const rows = await appReadOnly()
      .selectFrom('webhooks')
      .select(['id', 'types', 'subject', 'wants'])
      .where('id', '>', last)
      .where('disabled_at', 'is', null)
      .where('position', '<', event.position)
      .where(mayWant(event))
      .orderBy('id')
      .limit(limit)
      .execute()
    for (const row of rows) if (await wants(row)) planned.push(placeOf(row.id))
    if (rows.length < limit) break
    last = rows.at(-1)!.id
  }
  return planned.slice(0, limit)
}

export const placeOf = (id: string): Planned => ({ recipient: id, origin: id })

/** Reads the log only where it must, and at most once. */
export function askWebhooks(event: Recorded) {
  let history: Promise<ReviewHistory> | undefined
  const of = () => (history ??= upToDate(event.data.id))
  return (row: Pick<WebhookRow, 'types' | 'subject' | 'wants'>): Promise<boolean> =>
    isWanted(subscriptionOfRow(row), event, { of })
}

async function upToDate(id: string): Promise<ReviewHistory> {
  const histories = historiesOf(useLog())
  await histories.catchUp()
  return histories.of(id)
}

/** Leaves out most of the others in the database; `askWebhooks` decides. */
const mayWant = ({ type, data }: Recorded) =>
  sql<boolean>`(${isNullOrHas('types', NOTICE_TYPE[type as PublicEventType])} AND ${isNullOrHas('subject', data.id)})`

const isNullOrHas = (column: 'types' | 'subject', value: string) =>
  sql<boolean>`(${sql.ref(column)} IS NULL OR EXISTS (SELECT 1 FROM json_each(${sql.ref(column)}) WHERE value = ${value}))`

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

export function callable(row: WebhookRow, now: number): Webhook {
  const { id, url, secret, previous_secret, previous_until } = row
  const { shape, fields } = subscriptionOfRow(row)
  const isOverlap = previous_secret && (previous_until ?? 0) > now
  return { id, url, secrets: [secret, ...(isOverlap ? [previous_secret] : [])], shape, fields }
}
