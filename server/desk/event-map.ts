/**
 * Builds the event map, which event reaches which channel, from what each consumer says it listens
 * to.
 */
import type { EventMap, Reach } from '../../shared/types/event-map'
import { everyReactor } from '../delivery/contract/registry'
import { useProjector } from '../read-models/use-projector'

interface Listener {
  label: string
  on: object
}

/**
 * The page that changes first comes first, then the parts, then whatever else is drawn from the
 * read models.
 */
export function eventMap(): EventMap {
  const models = useProjector().followers.map(f => f.projection)
  const [first, ...others] = models.flatMap(({ shownAs = [], on }) =>
    shownAs.map(label => ({ label, on })),
  )
  const columns: Listener[] = [...(first ? [first] : []), ...everyReactor(), ...others]
  const types = [...new Set([...columns, ...models].flatMap(listener => Object.keys(listener.on)))]
  const rows = types.map(type => ({ type, reach: columns.map(({ on }) => reachOf(type, on)) }))
  return {
    columns: columns.map(column => column.label),
    rows: rows.sort((a, b) => weight(b.reach) - weight(a.reach)),
  }
}

/**
 * A first publication is news; later events change it in place, or wait for a digest that is sent
 * anyway.
 */
function reachOf(type: string, on: object): Reach {
  if (!(type in on)) return 'nothing'
  return type === 'ReviewPublished' ? 'notified' : 'updated quietly'
}

const WEIGHT: Record<Reach, number> = { notified: 10, 'updated quietly': 1, nothing: 0 }
const weight = (reach: Reach[]) => reach.reduce((sum, one) => sum + WEIGHT[one], 0)
