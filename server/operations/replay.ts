/** Replaying: a part plans again what the log says from a position on. Who stands in the ledger already is not told twice, unless that was asked for. */
import type { Reactor } from '../delivery/contract/define-reactor'
import { heldSince, plan, planned, renew } from '../delivery/ledger/ledger'
import { type Planning, rowFor, toBeTold } from '../delivery/planning/plan'
import { SubjectReader } from '../delivery/planning/subjects'
import type { DomainEvent, EventLog } from '../log/event-log'

/** One event that would be told, and to how many. */
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

interface Around {
  app: Planning['app']
  log: EventLog
  siteUrl: string
  holdMs: number
  now: () => number
}

const BATCH = 100

/** `from` is the first position that counts. A dry run writes nothing and answers the same. `again`: who was told already is told once more; only what is under way is not. What somebody held stays held. */
export async function replay(
  { app, log, siteUrl, holdMs, now }: Around,
  reactor: Reactor,
  { from, dryRun, again = false }: { from: number; dryRun: boolean; again?: boolean },
): Promise<Replay> {
  const present = new SubjectReader(log, siteUrl)
  const types = Object.keys(reactor.on) as DomainEvent['type'][]
  const all: Replay = { items: [], planned: 0, alreadyTold: 0 }
  for (let after = from - 1; ;) {
    const events = await log.read({ after, limit: BATCH, types })
    for (const event of events) {
      if (await heldSince(app, event.data.id, event.at)) continue
      const subject = await present.subject(event)
      let recipients = 0
      for await (const { page } of toBeTold({ app, reactor, now }, subject)) {
        const there = await planned(
          app,
          reactor.name,
          event.id,
          page.map(p => p.recipient),
          again,
        )
        const missing = page.filter(p => !there.has(p.recipient))
        const row = rowFor(reactor, subject!, { holdMs, now: now() })
        if (!dryRun && again)
          await renew(
            app,
            row,
            missing.map(p => p.recipient),
          )
        if (!dryRun) await plan(app, row, missing)
        recipients += missing.length
        all.alreadyTold += there.size
      }
      all.planned += recipients
      if (recipients)
        all.items.push({
          reviewId: event.data.id,
          title: subject!.review.title,
          type: event.type,
          recipients,
        })
    }
    if (events.length < BATCH) return all
    after = events.at(-1)!.position
  }
}
