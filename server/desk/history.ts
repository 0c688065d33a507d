/**
 * Builds a review's history: each event, when and by whom, and what each changed field was before
 * and after.
 */
import type { HistoryEvent } from '../../shared/types/history'
import type { Recorded } from '../log/event-log'
import { evolve, initialState, type ReviewState } from '../review/review'
import { publishedContent } from './working-copy/content'

export function historyOf(events: Recorded[]): HistoryEvent[] {
  let state: ReviewState = initialState
  return events.map(event => {
    const before = publishedContent(state) as Record<string, unknown>
    state = evolve(state, event)
    const after = publishedContent(state) as Record<string, unknown>
    const diff = Object.keys(after)
      .filter(field => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
      .map(field => ({ field, before: before[field] ?? null, after: after[field] }))
    return {
      type: event.type,
      position: event.position,
      at: event.at,
      actor: event.meta.actor,
      diff,
      ...(event.type === 'ReviewCorrected' && { note: event.data.note }),
      ...((event.type === 'ReviewArchived' || event.type === 'ScheduleCancelled') &&
        Boolean(event.data.reason) && { reason: event.data.reason }),
      ...(event.type === 'ReviewScheduled' && { scheduledFor: event.data.at }),
      ...('erased' in event.data && { erased: true }),
    }
  })
}
