/** Counts what flows through the event map: events of each type, and how far each listener is behind. */
import type { EventMap, ListenerTraffic, RecentEvent } from '../../shared/types/event-map'
import type { PartState } from '../../shared/types/part-state'
import { appReadOnly } from '../db/open'
import { canSend } from '../delivery/contract/part-settings'
import { everyReactor } from '../delivery/contract/registry'
import { useLog } from '../log'
import type { EventLog, Recorded } from '../log/event-log'
import { projectionStates, reactorStates } from '../operations/part-status'
import { titlesOf } from '../queries/titles'
import { useViews } from '../queries/views'
import { useProjector } from '../read-models/use-projector'

const SLICE = 50_000
const LAST = 10

/** What has been counted up to `position`; the log only grows. */
const counted = { position: 0, types: {} as Record<string, number> }
let counting: Promise<void> = Promise.resolve()

export async function eventTraffic(): Promise<NonNullable<EventMap['traffic']>> {
  const log = useLog()
  const head = await log.head()
  counting = counting.then(() => countTo(log, head))
  const [states] = await Promise.all([
    reactorStates(appReadOnly(), everyReactor(), canSend, head, Date.now()),
    counting,
  ])
  const all = [...projectionStates(useProjector(), head), ...states]
  return {
    events: { ...counted.types },
    listeners: Object.fromEntries(all.map(state => [state.name, trafficOf(state)])),
  }
}

function trafficOf({ lag, waiting, dead, hour }: PartState): ListenerTraffic {
  return {
    lag,
    waiting,
    dead,
    sent: hour?.accepted.reduce((sum, n) => sum + n, 0),
  }
}

/** In slices, so that a long log holds up nobody. */
async function countTo(log: EventLog, head: number) {
  while (counted.position < head) {
    const limit = Math.min(SLICE, head - counted.position)
    const found = await log.countTypes({ after: counted.position, limit })
    for (const [type, n] of Object.entries(found))
      counted.types[type] = (counted.types[type] ?? 0) + n
    counted.position += limit
    await new Promise(setImmediate)
  }
}

/** Newest first. */
export async function lastEvents(type: string): Promise<RecentEvent[]> {
  const events = await lastOf(useLog(), type)
  const titles = await titlesOf(
    useViews(),
    events.map(event => event.data.id),
  )
  return events.toReversed().map(({ position, at, meta, data: { id } }) => ({
    position,
    at,
    actor: meta.actor,
    reviewId: id,
    title: titles.get(id) ?? id,
  }))
}

/** Looks back from the end of the log, each time twice as far. */
async function lastOf(log: EventLog, type: string): Promise<Recorded[]> {
  const head = await log.head()
  for (let reach = 500; ; reach *= 2) {
    const after = Math.max(0, head - reach)
    const { [type]: n = 0 } = await log.countTypes({ after, limit: reach })
    if (n < LAST && after > 0) continue
    return (await lastPage(log, type, after)).slice(-LAST)
  }
}

async function lastPage(log: EventLog, type: string, from: number): Promise<Recorded[]> {
  let last: Recorded[] = []
  for (let after = from; ; after = last.at(-1)!.position) {
    const page = await log.read({ after, limit: 500, types: [type] })
    last = [...last.slice(-LAST), ...page]
    if (page.length < 500) return last
  }
}
