/**
 * Plans an event: turns it into rows of the ledger, page by page, each page with the cursor that
 * says how far it got.
 */
import type { Transaction } from 'kysely'
import type { AppTables } from '../../db/schema'
import type { Recorded } from '../../log/event-log'
import type { Reactor } from '../contract/define-reactor'
import { cancelIfHeld, cancelWaiting } from '../ledger/holds'
import { type Lease, moveCheckpoint } from '../ledger/lease'
import { type DeliveryTemplate, insertDeliveries } from '../ledger/planned-deliveries'
import { WAS_ARCHIVED } from '../ledger/stopped'
import { audiencePages, everyPage } from './audience'
import type { DeliveryContext } from './context'
import { planRestored } from './plan-again'
import type { Subject } from './subjects'

export type PlanContext = Pick<DeliveryContext, 'app' | 'subjects' | 'holdMs' | 'now'> & {
  reactor: Reactor
}

/** Plans one event from the cursor on, and moves the checkpoint past it. */
export async function planEvent(
  context: PlanContext & { lease: Lease },
  event: Recorded,
  subject: Subject | undefined,
  cursor: string,
) {
  const { app, lease, now } = context
  await planRows(context, event, subject, cursor, (tx, after) =>
    moveCheckpoint(tx, lease, event.position - 1, after, now()),
  )
  await app.transaction().execute(tx => moveCheckpoint(tx, lease, event.position, '', now()))
}

/**
 * Writes the rows of one event, page by page; `also` runs in each page's transaction with the
 * cursor after that page. A publication that the archiving overtook is planned as stopped, so that
 * a restore knows whom to notify.
 */
export async function planRows(
  context: PlanContext,
  event: Recorded,
  subject: Subject | undefined,
  cursor = '',
  also?: (tx: Transaction<AppTables>, after: string) => Promise<void>,
) {
  const { app, reactor, holdMs, now } = context
  const about = { reviewId: event.data.id, reactor: reactor.name }
  if (event.type === 'ReviewArchived' && cursor === '')
    await app
      .transaction()
      .execute(tx => cancelWaiting(tx, { ...about, reason: WAS_ARCHIVED, now: now() }))
  if (event.type === 'ReviewRestored' && subject) await planRestored(context, about.reviewId)
  const isOvertaken = event.type === 'ReviewPublished' && subject?.archived !== undefined
  const pages = isOvertaken
    ? everyPage(context, subject, cursor)
    : audiencePages(context, subject, cursor)
  for await (const { page, after } of pages) {
    await app.transaction().execute(async tx => {
      const template = deliveryTemplate(reactor, subject!, { holdMs, now: now() })
      await insertDeliveries(
        tx,
        isOvertaken ? { ...template, stopped: WAS_ARCHIVED } : template,
        page,
      )
      await cancelIfHeld(tx, { ...about, position: event.position, now: now() })
      await also?.(tx, after)
    })
  }
}

/** What all rows of one event and part have in common. */
export function deliveryTemplate(
  reactor: Reactor,
  { event }: Subject,
  { holdMs, now }: { holdMs: number; now: number },
): DeliveryTemplate {
  return {
    reactor: reactor.name,
    eventId: event.id,
    position: event.position,
    reviewId: event.data.id,
    type: event.type,
    // An event from the future was written before the clock was set back.
    dueAt: Math.max(now, Math.min(Date.parse(event.at), now) + holdMs),
    now,
  }
}
