/** Every review as it is now, drafts and archived ones included: the state its events add up to. */
import type { Recorded } from '../log/event-log'
import { defineProjection } from '../read-models/define-projection'
import { evolve, initialState, type ReviewState } from '../review/review'

export interface ReviewRow {
  id: string
  slug: string | null
  status: string
  critic_id: string
  schedule_at: string | null
  position: number
  version: number
  sample: number
  state: ReviewState
}

const follow = (row: ReviewRow | undefined, event: Recorded): ReviewRow => {
  const state = evolve(row?.state ?? initialState, event)
  return {
    id: state.id,
    slug: state.slug ?? null,
    status: state.status,
    critic_id: state.critic.id,
    schedule_at: state.schedule?.at ?? null,
    position: event.position,
    version: event.version,
    sample: state.sample ? 1 : 0,
    state,
  }
}

export default defineProjection<ReviewRow>({
  name: 'reviews',
  version: 4,
  columns: {
    id: 'text',
    slug: 'text',
    status: 'text',
    critic_id: 'text',
    schedule_at: 'text',
    position: 'integer',
    version: 'integer',
    sample: 'integer',
    state: 'json',
  },
  indexes: [['slug'], ['status', 'position'], ['critic_id', 'status'], ['schedule_at']],
  on: {
    ReviewDrafted: follow,
    ReviewPublished: follow,
    ReviewFixed: follow,
    ReviewCorrected: follow,
    ReviewArchived: follow,
    ReviewRestored: follow,
    ReviewScheduled: follow,
    ScheduleCancelled: follow,
    ReviewErased: follow,
  },
})
