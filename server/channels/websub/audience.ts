/** Everything the reactor knows about subscribers: whose feeds an event touches, and how to reach each. */
import { sql } from 'kysely'
import { appReadOnly } from '../../db/open'
import type { AudienceQuery, Planned } from '../../delivery/contract/define-reactor'
import { deliveryHealth } from './health'
import { touchedTopics } from './touched-topics'

export interface Subscriber {
  id: string
  topic: string
  callback: string
  secret: string | null
  /** The tag of what it took last. */
  delivered: string | null
}

/**
 * Subscribers whose feed the event touches and who confirmed before it happened. What is paused
 * after failures is the single one, not its host: a thousand may share a host, and one that hangs
 * must not hold up the others.
 */
export async function subscribersOf({
  event,
  after,
  limit,
  now,
}: AudienceQuery): Promise<Planned[]> {
  const topics = await touchedTopics(event)
  if (!topics.length) return []
  const rows = await appReadOnly()
    .selectFrom('hub_subscriptions')
    .select('id')
    .where('id', '>', after)
    .where('topic', 'in', sql<string>`(SELECT value FROM json_each(${JSON.stringify(topics)}))`)
    .where('position', '<', event.position)
    .where('lease_until', '>', now)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => ({ recipient: id, origin: id }))
}

/** Called just before sending; whoever is missing from the result left, or let the lease end. */
export async function loadSubscribers(ids: string[]): Promise<Map<string, Subscriber>> {
  const rows = await appReadOnly()
    .selectFrom('hub_subscriptions')
    .select(['id', 'topic', 'callback', 'secret', 'delivered'])
    .where('id', 'in', sql<string>`(SELECT value FROM json_each(${JSON.stringify(ids)}))`)
    .where('lease_until', '>', Date.now())
    .execute()
  return new Map(
    rows.map(row => [
      row.id,
      { ...row, delivered: deliveryHealth.delivered(row.id) ?? row.delivered },
    ]),
  )
}

/** How many there are, for the desk. */
export async function countSubscribers(): Promise<number> {
  const { n } = await appReadOnly()
    .selectFrom('hub_subscriptions')
    .select(rows => rows.fn.countAll<number>().as('n'))
    .where('lease_until', '>', Date.now())
    .executeTakeFirstOrThrow()
  return Number(n)
}
