/** What a bundle of deliveries comes to: what is new, and what was corrected since its readers saw it; pure. */
import type { PublicReview } from '../../../shared/types/review'
import type { BundleItem } from '../../delivery/contract/define-reactor'
import type { Corrected } from './digest-letter'

export interface Digest {
  reviews: PublicReview[]
  corrected: Corrected[]
}

/** Withdrawn reviews are left out. The correction of a review that is itself new here is told with the review. */
export function digestOf(bundle: BundleItem[]): Digest {
  const living = bundle.filter(({ archived }) => !archived)
  const reviews = new Map(
    living
      .filter(({ event }) => event.type === 'ReviewPublished')
      .map(({ review }) => [review.id, review]),
  )
  const corrected = living.flatMap(({ event, review }): Corrected[] =>
    event.type === 'ReviewCorrected' && !reviews.has(review.id)
      ? [{ review, correction: { at: event.data.correctedAt, note: event.data.note } }]
      : [],
  )
  return { reviews: [...reviews.values()], corrected }
}
