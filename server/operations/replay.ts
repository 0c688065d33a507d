/**
 * Replays the log for a part from a position on. Recipients who were notified are not notified
 * twice, unless that was asked for.
 */
import { sql } from 'kysely'
import type { Reactor } from '../delivery/contract/define-reactor'
import { isUnfinished } from '../delivery/ledger/delivery-row'
import {
  insertDeliveries,
  recipientsWhere,
  restartDeliveries,
} from '../delivery/ledger/planned-deliveries'
import { isUntold } from '../delivery/ledger/stopped'
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
  /** The first position that counts; 0 and 1 are both the first event. */
  from: number
  /** Writes nothing and returns the same. */
  dryRun: boolean
  /** Also sends to recipients who were notified already; only deliveries under way are left alone. */
  again?: boolean
}

const BATCH = 100

/** Whoever was not told counts, also because a person paused the review or its delivery died. */
export async function replay(
  context: DeliveryContext,
  reactor: Reactor,
  options: ReplayOptions,
): Promise<Replay> {
  const { log, subjects } = context
  const types = Object.keys(reactor.on) as DomainEvent['type'][]
  const all: Replay = { items: [], planned: 0, alreadyTold: 0 }
  for (let after = Math.max(0, options.from - 1); ;) {
    const events = await log.read({ after, limit: BATCH, types })
    for (const event of events) {
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
  const mayRestart = again ? sql`NOT ${isUnfinished}` : isUntold
  let recipients = 0
  let alreadyTold = 0
  for await (const { page } of audiencePages({ app, reactor, now }, subject)) {
    const template = deliveryTemplate(reactor, subject, { holdMs, now: now() })
    const ids = page.map(({ recipient }) => recipient)
    const skipped = await recipientsWhere(app, template, ids, sql`NOT ${mayRestart}`)
    const missing = page.filter(({ recipient }) => !skipped.has(recipient))
    recipients += missing.length
    alreadyTold += skipped.size
    if (dryRun) continue
    await restartDeliveries(app, template, missing, mayRestart)
    await insertDeliveries(app, template, missing)
  }
  return { recipients, alreadyTold }
}
