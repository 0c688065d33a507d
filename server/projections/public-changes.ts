/** The newest change that the public can see: what a cached answer is compared with. One row. */
import type { Recorded } from '../log/event-log'
import { defineProjection } from '../read-models/define-projection'

/**
 * `at` never goes back, even when an older review is imported or the clock is set back. `ambiguous`:
 * other changes bear the same second (or a later one), so that in HTTP, which counts seconds, the date
 * alone does not tell them apart.
 */
export interface PublicChangeRow {
  id: 'newest'
  position: number
  at: string
  ambiguous: number
}

const secondOf = (at: string) => at.slice(0, 'yyyy-mm-ddThh:mm:ss'.length)

const follow = (row: PublicChangeRow | undefined, { position, at }: Recorded): PublicChangeRow => {
  const before = row?.at ?? ''
  return {
    id: 'newest',
    position,
    at: at > before ? at : before,
    ambiguous: secondOf(at) > secondOf(before) ? 0 : 1,
  }
}

export default defineProjection<PublicChangeRow>({
  name: 'public_changes',
  version: 1,
  columns: { id: 'text', position: 'integer', at: 'text', ambiguous: 'integer' },
  key: () => 'newest',
  on: {
    ReviewPublished: follow,
    ReviewFixed: follow,
    ReviewCorrected: follow,
    ReviewArchived: follow,
    ReviewRestored: follow,
    ReviewErased: follow,
  },
})
