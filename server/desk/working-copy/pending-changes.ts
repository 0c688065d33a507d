/**
 * Drops from a working copy what has become public since it was written. Worked out from the
 * events, so that publishing need not wait for it.
 */
import type { Recorded } from '../../log/event-log'
import { evolve, initialState, type ReviewState } from '../../review/review'
import { type Changes, pending, publishedContent } from './content'

const PUBLISHING = new Set<Recorded['type']>(['ReviewPublished', 'ReviewFixed', 'ReviewCorrected'])

/** Whether an event changes a review's public text. */
export const isPublishing = ({ type }: Recorded) => PUBLISHING.has(type)

/**
 * The fields of a copy that are still pending after these events of its review; events up to
 * version `base` are already taken into account.
 */
export function pendingChanges(fields: Changes, base: number, events: Recorded[]): Changes {
  let state: ReviewState = initialState
  for (const event of events) {
    state = evolve(state, event)
    if (event.version > base && isPublishing(event))
      fields = pending(fields, publishedContent(state))
  }
  return fields
}
