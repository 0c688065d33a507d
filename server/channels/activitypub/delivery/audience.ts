/**
 * Whom an event goes to: an inbox for each server where somebody follows. Later changes go wherever
 * the review went, also where nobody follows any more, because it is still shown there.
 */
import { sql } from 'kysely'
import { appReadOnly } from '../../../db/open'
import type { AudienceQuery, Planned } from '../../../delivery/contract/define-reactor'
import { SITE } from '../addresses'
import { serverPart } from './part'
import { recipientOf } from './recipients'

/** A server that has failed for so long is sent nothing until it is heard of again. */
const PATIENCE_MS = 7 * 24 * 3600_000

export const inboxAudience = (query: AudienceQuery): Promise<Planned[]> =>
  query.event.type === 'ReviewPublished' ? followersOf(query) : toldServers(query)

/** Only those who followed before the event. */
async function followersOf({
  event,
  review,
  after,
  limit,
  now,
}: AudienceQuery): Promise<Planned[]> {
  const suffix = recipientOf({ inbox: '', isAnnounce: true })
  const { rows } = await sql<Planned>`
    SELECT DISTINCT f.inbox || CASE f.follows WHEN ${SITE} THEN ${suffix} ELSE '' END AS recipient,
      f.host AS origin
    FROM fediverse_followers f LEFT JOIN fediverse_servers s ON s.host = f.host
    WHERE f.follows IN (${review.critic.id}, ${SITE}) AND f.position < ${event.position}
      AND coalesce(s.failing_since, ${now}) > ${now - PATIENCE_MS} AND recipient > ${after}
    ORDER BY recipient LIMIT ${limit}`.execute(appReadOnly())
  return rows
}

/**
 * Where it was sent, is about to be, or may have arrived. An inbox that has it from the critic needs
 * later changes only once; a restored review is also passed on again.
 */
async function toldServers({ event, review, after, limit }: AudienceQuery): Promise<Planned[]> {
  const suffix = recipientOf({ inbox: '', isAnnounce: true })
  const told = sql`
    SELECT DISTINCT recipient, origin FROM deliveries
    WHERE reactor = ${serverPart().name} AND review_id = ${review.id}
      AND position < ${event.position} AND type IN ('ReviewPublished', 'ReviewRestored')
      AND (state IN ('accepted', 'sending', 'uncertain', 'pending', 'retry') OR attempts > 0)`
  const once = sql`NOT EXISTS (SELECT 1 FROM told t WHERE t.recipient || ${suffix} = told.recipient)`
  const { rows } = await sql<Planned>`
    WITH told AS (${told})
    SELECT recipient, origin FROM told
    WHERE recipient > ${after} AND ${event.type === 'ReviewRestored' ? sql`true` : once}
    ORDER BY recipient LIMIT ${limit}`.execute(appReadOnly())
  return rows
}
