/**
 * Plans again what was stopped before it left, for everyone whom it still fits: the audience and
 * its times are those of now.
 */
import { type Kysely, sql } from 'kysely'
import type { AppTables } from '../../db/schema'
import type { Reactor } from '../contract/define-reactor'
import { restartDeliveries } from '../ledger/planned-deliveries'
import { isArchived, type Stop, UNSUBSCRIBED } from '../ledger/stopped'
import { audiencePages } from './audience'
import type { DeliveryContext } from './context'
import { stillApplies } from './subjects'

export type PlanAgainContext = Pick<DeliveryContext, 'app' | 'subjects' | 'now'> & {
  reactor: Reactor
}

/**
 * After a restore: whoever was still waiting when the review was archived is notified after all. A
 * network's later changes are left out, because the archiving deleted the post.
 */
export const planRestored = (context: PlanAgainContext, reviewId: string) =>
  planAgain(
    context,
    reviewId,
    context.reactor.audience
      ? isArchived
      : sql`(${isArchived} AND deliveries.type = 'ReviewPublished')`,
  )

/** Returns how many deliveries are due or have a time again. */
export async function planAgain(
  context: PlanAgainContext,
  reviewId: string,
  stop: Stop,
): Promise<number> {
  const { app, reactor, subjects, now } = context
  let planned = 0
  for (const position of await stoppedPositions(context, reviewId, stop)) {
    const subject = await subjects.at(position)
    if (!subject || !stillApplies(subject.event.type, subject)) continue
    const about = { reactor: reactor.name, eventId: subject.event.id, now: now() }
    for await (const { page } of audiencePages(context, subject))
      planned += await restartDeliveries(app, { ...about, dueAt: about.now }, page, stop)
    await giveUpRest(app, about, stop)
  }
  return planned
}

/** Oldest first. */
async function stoppedPositions(
  { app, reactor }: PlanAgainContext,
  reviewId: string,
  stop: Stop,
): Promise<number[]> {
  const rows = await app
    .selectFrom('deliveries')
    .select('position')
    .distinct()
    .where('review_id', '=', reviewId)
    .where('reactor', '=', reactor.name)
    .where(stop)
    .orderBy('position')
    .execute()
  return rows.map(row => row.position)
}

/** Whoever left meanwhile, or wants something else now, is waited for no longer. */
async function giveUpRest(
  app: Kysely<AppTables>,
  { reactor, eventId, now }: { reactor: string; eventId: string; now: number },
  stop: Stop,
) {
  await sql`
    UPDATE deliveries SET reason = ${UNSUBSCRIBED}, updated_at = ${now}
    WHERE event_id = ${eventId} AND reactor = ${reactor} AND ${stop}`.execute(app)
}
