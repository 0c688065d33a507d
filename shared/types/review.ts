/** What a review is, with the field names that outsiders may rely on; shared/schemas/answers/review.ts says what each means. */
import type { z } from 'zod'
import type {
  archivedSchema,
  cardSchema,
  correctionSchema,
  criticSchema,
  movieSchema,
  posterSchema,
  publicReviewSchema,
  reviewContentSchema,
} from '../schemas/answers/review'

export type Poster = z.output<typeof posterSchema>
export type Movie = z.output<typeof movieSchema>
export type Critic = z.output<typeof criticSchema>

/** What a critic writes. */
export type ReviewContent = z.output<typeof reviewContentSchema>

/** A draft may lack anything. */
export type DraftContent = Partial<ReviewContent>

export type Correction = z.output<typeof correctionSchema>

export type ReviewStatus = 'draft' | 'scheduled' | 'published' | 'archived'

/** The published text. `tree` is `body`, parsed once when it was saved; pages render the tree and never parse. */
export type PublicReview = z.output<typeof publicReviewSchema>

/** What a list shows of a review: at most 2 kB as JSON. */
export type Card = z.output<typeof cardSchema>

/** All that is left in public of an archived review. */
export type Archived = z.output<typeof archivedSchema>

/** Who took a review back: its own critic, or an editor. */
export type ArchivedBy = NonNullable<Archived['by']>
