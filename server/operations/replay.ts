/**
 * Replays the log for a part from a position on. Recipients already in the ledger are not notified
 * twice, unless that was asked for.
 */
import type { Reactor } from '../delivery/contract/define-reactor'
import { heldSince } from '../delivery/ledger/holds'
import {
  insertDeliveries,
  plannedRecipients,
  resetDeliveries,
  unfinishedRecipients,
} from '../delivery/ledger/planned-deliveries'
import { audiencePages } from '../delivery/planning/audience'
import type { DeliveryContext } from '../delivery/planning/context'
import { deliveryTemplate } from '../delivery/planning/plan'
import type { Subject } from '../delivery/planning/subjects'
import type { DomainEvent } from '../log/event-log'

/** One event that would be sent again, and to how many recipients. */
export interface Replayed {
  reviewId: string
  title: string
  type: string
  recipients: number
}
export interface Replay {
  items: Replayed[]
  planned: number
  alreadyTold: number
}

export interface ReplayOptions {
  /** The first position that counts. */
  from: number
  /** Writes nothing and returns the same. */
  dryRun: boolean
  /** Also sends to recipients who were notified already; only deliveries under way are left alone. */
  again?: boolean
}

const BATCH = 100

/** Anything that somebody held stays held. */
export async function replay(
  context: DeliveryContext,
  reactor: Reactor,
  options: ReplayOptions,
): Promise<Replay> {
  const { app, log, subjects } = context
  const types = Object.keys(reactor.on) as DomainEvent['type'][]
  const all: Replay = { items: [], planned: 0, alreadyTold: 0 }
  for (let after = options.from - 1; ;) {
    const events = await log.read({ after, limit: BATCH, types })
    for (const event of events) {
      if (await heldSince(app, event.data.id, event.at)) continue
      const subject = await subjects.of(event)
      if (!subject) continue
      const { recipients, alreadyTold } = await replayEvent(context, reactor, subject, options)
      all.planned += recipients
      all.alreadyTold += alreadyTold
      if (recipients)
        all.items.push({
          reviewId: event.data.id,
          title: subject.review.title,
          type: event.type,
          recipients,
        })
    }
    if (events.length < BATCH) return all
    after = events.at(-1)!.position
  }
}

async function replayEvent(
  { app, holdMs, now }: DeliveryContext,
  reactor: Reactor,
  subject: Subject,
  { dryRun, again = false }: ReplayOptions,
) {
  const recipientsToSkip = again ? unfinishedRecipients : plannedRecipients
  let recipients = 0
  let alreadyTold = 0
  for await (const { page } of audiencePages({ app, reactor, now }, subject)) {
    const ids = page.map(({ recipient }) => recipient)
    const skipped = await recipientsToSkip(app, reactor.name, subject.event.id, ids)
    const missing = page.filter(({ recipient }) => !skipped.has(recipient))
    recipients += missing.length
    alreadyTold += skipped.size
    if (dryRun) continue
    const template = deliveryTemplate(reactor, subject, { holdMs, now: now() })
    if (again) {
      const missingIds = missing.map(({ recipient }) => recipient)
      await resetDeliveries(app, template, missingIds)
    }
    await insertDeliveries(app, template, missing)
  }
  return { recipients, alreadyTold }
}
