/**
 * Builds the event map, which event reaches which channel, from what each consumer says it does.
 */
import type { Effect, EventMap, Reach } from '../../shared/types/event-map'
import { NOTICE_TYPE, type PublicEventType } from '../../shared/types/notice'
import type { Reactor } from '../delivery/contract/define-reactor'
import { effectOf } from '../delivery/contract/effects'
import { canSend } from '../delivery/contract/part-settings'
import { everyReactor } from '../delivery/contract/registry'
import type { DomainEvent } from '../log/event-log'
import { useProjector } from '../read-models/use-projector'
import { LEADS_TO } from '../review/commands'
import { listeners, shownOn } from './event-listeners'

type Type = DomainEvent['type']

interface Column {
  label: string
  on: object
  effect: (type: Type) => Effect
}

/**
 * The page that changes first comes first, then the parts, then whatever else is drawn from the
 * read models.
 */
export function eventMap(): EventMap {
  const models = useProjector().followers.map(f => f.projection)
  const [first, ...others] = models.flatMap(({ shownAs = [], on }) =>
    shownAs.map(label => ({ label, on, effect: (type: Type) => shownOn(type, on) })),
  )
  const parts = everyReactor().map(columnOf)
  const columns: Column[] = [...(first ? [first] : []), ...parts, ...others]
  const types = [...new Set([...columns, ...models].flatMap(({ on }) => Object.keys(on)))] as Type[]
  const rows = types.map(type => {
    const effects = columns.map(column => column.effect(type))
    return { type, reach: effects.map(e => e.reach), says: effects.map(e => e.says) }
  })
  return {
    columns: columns.map(column => column.label),
    notSetUp: everyReactor()
      .filter(part => canSend(part) !== true)
      .map(part => part.label),
    rows: rows.sort((a, b) => weight(b.reach) - weight(a.reach)),
    events: Object.entries(LEADS_TO).map(([command, type]) => ({
      type,
      command,
      ...(type in NOTICE_TYPE && { notice: NOTICE_TYPE[type as PublicEventType] }),
    })),
    listeners: listeners(),
  }
}

const columnOf = (part: Reactor): Column => ({
  label: part.label,
  on: part.on,
  effect: type => effectOf(part, type),
})

const WEIGHT: Record<Reach, number> = { notified: 10, 'updated quietly': 1, nothing: 0 }
const weight = (reach: Reach[]) => reach.reduce((sum, one) => sum + WEIGHT[one], 0)
