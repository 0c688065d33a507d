/** What became public since a copy was written is not pending any more: worked out from the facts, so that a publish need not wait for it. */
import type { Recorded } from '../../log/event-log'
import { evolve, initialState, type ReviewState } from '../../review/review'
import { type Changes, pending, publishedContent } from './content'

const PUBLISHING = new Set<Recorded['type']>(['ReviewPublished', 'ReviewFixed', 'ReviewCorrected'])

/** The fields of a copy that are still pending after these facts of its review; those up to version `base` are in it already. */
export function pendingChanges(fields: Changes, base: number, facts: Recorded[]): Changes {
  let state: ReviewState = initialState
  for (const fact of facts) {
    state = evolve(state, fact)
    if (fact.version > base && PUBLISHING.has(fact.type))
      fields = pending(fields, publishedContent(state))
  }
  return fields
}
