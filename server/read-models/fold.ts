/** Folds events into the rows of a read model, in memory. */
import type { Recorded } from '../log/event-log'
import type { Projection } from './define-projection'

export type Row = Record<string, unknown>
/** A removed row is null; `stored` are the keys of those that are on disk already. */
export interface Changes {
  rows: Map<string, Row | null>
  stored: Set<string>
  parked: { position: number; reviewId: string; reason: string }[]
}

export const noChanges = (): Changes => ({ rows: new Map(), stored: new Set(), parked: [] })

/** Which row an event is about, if any. */
export const keyOf = ({ key }: Projection, event: Recorded) => (key ? key(event) : event.data.id)

/**
 * Adds to `changes` what the events change; rows that are not in it yet come from `stored`. An event
 * that cannot be digested is parked, and so are later ones of the same review.
 */
export function fold(
  projection: Projection,
  events: Recorded[],
  parked: Set<string>,
  changes: Changes,
  stored?: Map<string, Row>,
) {
  for (const event of events) {
    const key = keyOf(projection, event)
    const reaction = projection.on[event.type] as
      ((row: Row | undefined, event: Recorded) => Row | null | undefined) | undefined
    if (!reaction || key === undefined) continue
    try {
      if (parked.has(event.data.id))
        throw new Error('waits behind a parked event of the same review')
      const before = changes.rows.get(key)
      const known = before === undefined ? stored?.get(key) : undefined
      const row = reaction(known ?? before ?? undefined, event)
      if (row === undefined) continue
      if (known) changes.stored.add(key)
      changes.rows.set(key, row)
    } catch (error) {
      parked.add(event.data.id)
      changes.parked.push({
        position: event.position,
        reviewId: event.data.id,
        reason: (error as Error).message,
      })
    }
  }
}
