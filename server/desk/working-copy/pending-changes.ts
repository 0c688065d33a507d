/** What became public since a copy was written is no longer pending. Worked out from the events, so that a publish need not wait for it. */
import type { Recorded } from '../../log/event-log'
import { evolve, initialState, type ReviewState } from '../../review/review'
import { type Changes, pending, publishedContent } from './content'

const PUBLISHING = new Set<Recorded['type']>(['ReviewPublished', 'ReviewFixed', 'ReviewCorrected'])

/** Whether an event changes what is public of a review's text. */
export const isPublishing = ({ type }: Recorded) => PUBLISHING.has(type)

/** The fields of a copy that are still pending after these events of its review; those up to version `base` are in it already. */
export function pendingChanges(fields: Changes, base: number, events: Recorded[]): Changes {
  let state: ReviewState = initialState
  for (const event of events) {
    state = evolve(state, event)
    if (event.version > base && isPublishing(event))
      fields = pending(fields, publishedContent(state))
  }
  return fields
}
