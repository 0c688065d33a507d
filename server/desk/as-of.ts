/** A review as it was at a position of the log: time travel for the desk. */
import type { ReviewAsOf } from '../../shared/types/review-as-of'
import type { Recorded } from '../log/event-log'
import { evolve, initialState, type ReviewState } from '../review/review'

/** `events` are those of the review; undefined if it did not exist yet at that position. */
export function reviewAsOf(events: Recorded[], asOf: number): ReviewAsOf | undefined {
  const before = events.filter(({ position }) => position <= asOf)
  const last = before.at(-1)
  if (!last) return undefined
  const state = before.reduce<ReviewState>(evolve, initialState)
  const {
    id,
    status,
    critic,
    slug,
    publishedAt,
    fixedAt,
    corrections,
    archived,
    schedule,
    erased,
  } = state
  return {
    id,
    asOf,
    status: status as ReviewAsOf['status'],
    event: {
      type: last.type,
      position: last.position,
      version: last.version,
      at: last.at,
      actor: last.meta.actor,
    },
    critic,
    ...(slug && { slug }),
    ...state.content,
    ...(publishedAt && { publishedAt }),
    ...(fixedAt && { fixedAt }),
    corrections,
    ...(archived && { archived }),
    ...(erased && { erasedAt: erased.at }),
    ...(schedule && { scheduledFor: schedule.at }),
  }
}
