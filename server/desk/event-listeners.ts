/** Lists whoever follows the log, with what each does on each event: read from the running code. */
import type { Effect, Listener } from '../../shared/types/event-map'
import { PUBLIC_EVENTS } from '../../shared/types/notice'
import type { Reactor } from '../delivery/contract/define-reactor'
import { effectOf } from '../delivery/contract/effects'
import { everyReactor } from '../delivery/contract/registry'
import { LIVE_EVENTS } from '../live/frame'
import type { DomainEvent } from '../log/event-log'
import { labelOf } from '../operations/part-status'
import type { Projection } from '../read-models/define-projection'
import { useProjector } from '../read-models/use-projector'
import { REVIEW_EVENT_TYPES } from '../review/events'

type Type = DomainEvent['type']

export const listeners = (): Listener[] => [
  ...useProjector().followers.map(({ projection }) => readModel(projection)),
  ...everyReactor().map(channel),
  ...STREAMS.map(stream),
]

function readModel({ name, shownAs = [], on }: Projection): Listener {
  const effect = (type: Type) => (shownAs.length ? shownOn(type, on) : keptOn(type, on))
  return { name, label: labelOf(name), kind: 'read model', outside: shownAs, effects: all(effect) }
}

function channel(part: Reactor): Listener {
  const unit = part.unit ?? (part.audience ? 'reader' : 'network')
  return {
    name: part.name,
    label: part.label,
    kind: 'channel',
    outside: [`${unit[0]!.toUpperCase()}${unit.slice(1)}s`],
    effects: all(type => effectOf(part, type)),
  }
}

/** They read the log itself, and hear each public event at once. */
const STREAMS = [
  { name: '/live', label: 'Live updates', outside: 'Open pages', hears: LIVE_EVENTS },
  { name: '/api/events', label: 'Event stream', outside: 'Programs', hears: PUBLIC_EVENTS },
]

function stream({ name, label, outside, hears }: (typeof STREAMS)[number]): Listener {
  const heard = new Set<string>(hears)
  const effect = (type: Type): Effect =>
    heard.has(type)
      ? { reach: 'notified', says: 'Told at once' }
      : { reach: 'nothing', says: 'Nothing is told' }
  return { name, label, kind: 'stream', outside: [outside], effects: all(effect) }
}

const all = (effect: (type: Type) => Effect): Record<string, Effect> =>
  Object.fromEntries(REVIEW_EVENT_TYPES.map(type => [type, effect(type)]))

/** A page shows what is true now, whether or not anybody is notified. */
export function shownOn(type: Type, on: object): Effect {
  if (!(type in on)) return { reach: 'nothing', says: 'Nothing is shown' }
  return type === 'ReviewPublished'
    ? { reach: 'notified', says: 'Shows it as new' }
    : { reach: 'updated quietly', says: 'Shows what is true now' }
}

const keptOn = (type: Type, on: object): Effect =>
  type in on
    ? { reach: 'updated quietly', says: 'Keeps what is true now' }
    : { reach: 'nothing', says: 'Nothing changes' }
