/**
 * Follows the log for one part: plans each event that it listens to, or parks it if it cannot be
 * planned.
 */
import type { DomainEvent, Recorded } from '../../log/event-log'
import type { Reactor } from '../contract/define-reactor'
import { type Lease, moveCheckpoint } from '../ledger/lease'
import type { DeliveryContext } from '../planning/context'
import { isUnprocessable, park, parkBehind, subjectToPlan } from '../planning/parked'
import { planEvent } from '../planning/plan'

const POLL_MS = 5000
const BATCH = 100

export interface PlanLoopContext extends DeliveryContext {
  reactor: Reactor
  lease: Lease
  onPlanned: () => void
  onError: (reason: string) => void
}

/**
 * Runs until `isOver`. A paused part still plans, so that what it would have sent can be seen
 * waiting.
 */
export async function planLoop(
  context: PlanLoopContext,
  isOver: () => boolean,
  stopped: Promise<unknown>,
) {
  const { app, log, lease, now } = context
  while (!isOver()) {
    const head = await log.head()
    const { checkpoint, events, cursor } = await nextEvents(context)
    for (const [i, event] of events.entries()) {
      if (isOver()) return
      const isBegun = i === 0 && event.position === checkpoint + 1
      await planOrPark(context, event, isBegun ? cursor : '')
      context.onPlanned()
    }
    if (events.length) continue
    if (head > checkpoint)
      await app.transaction().execute(tx => moveCheckpoint(tx, lease, head, '', now()))
    await Promise.race([log.wait(head, POLL_MS), stopped])
    // Let the publish request be answered first.
    await new Promise(setImmediate)
  }
}

/** `cursor` is how far the first event was planned, if its planning had begun. */
async function nextEvents({ app, log, reactor }: PlanLoopContext) {
  const { checkpoint, plan_cursor: cursor } = await app
    .selectFrom('consumers')
    .select(['checkpoint', 'plan_cursor'])
    .where('name', '=', reactor.name)
    .executeTakeFirstOrThrow()
  // An archiving stops what is waiting and a restore lets go of it, whether or not the part listens
  // to them.
  const types = new Set<string>([...Object.keys(reactor.on), 'ReviewArchived', 'ReviewRestored'])
  const events = await log.read({
    after: checkpoint,
    limit: BATCH,
    types: [...types] as DomainEvent['type'][],
  })
  return { checkpoint, cursor, events }
}

async function planOrPark(context: PlanLoopContext, event: Recorded, cursor: string) {
  const { app, reactor, subjects, now, onError } = context
  if (await parkBehind(app, reactor.name, event, now()))
    return planEvent(context, event, undefined, '')
  try {
    await planEvent(context, event, await subjectToPlan(subjects, event), cursor)
  } catch (error) {
    if (!isUnprocessable(error)) throw error
    await park(app, reactor.name, event, error.message, now())
    await planEvent(context, event, undefined, '')
    onError(`position ${event.position} is parked: ${error.message}`)
  }
}
