/** When a review may be archived, and what is then remembered of it. */
import type { ReviewCommand } from './commands'
import type { ReviewEvent } from './events'
import { IllegalReview } from './illegal-review'
import type { ReviewState } from './review'

type Archiving = Extract<ReviewEvent, { type: 'ReviewArchived' }>['data']

/** None for one that is archived as asked, or erased. Throws IllegalReview. */
export function archive(
  state: ReviewState,
  { data: { reason, actorId, forGood }, now }: Extract<ReviewCommand, { type: 'ArchiveReview' }>,
): ReviewEvent[] {
  const { id, status, archived, critic } = state
  if (state.erased || (status === 'archived' && (archived!.forGood || !forGood))) return []
  if (status !== 'published' && status !== 'archived')
    throw new IllegalReview('only a published review can be archived', status)
  const by = actorId && (actorId === critic.id ? 'critic' : 'editor')
  return [
    {
      type: 'ReviewArchived',
      data: { id, reason, ...(by && { by }), archivedAt: now, ...(forGood && { forGood }) },
    },
  ]
}

export const archivedBy = ({
  reason,
  by,
  archivedAt,
  forGood,
}: Archiving): ReviewState['archived'] => ({
  reason,
  by,
  at: archivedAt,
  ...(forGood && { forGood }),
})
