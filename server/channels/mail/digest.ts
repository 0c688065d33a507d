/**
 * Sorts a bundle of deliveries into what is new and what was corrected since the reader saw it;
 * pure.
 */
import type { Correction, PublicReview } from '../../../shared/types/review'
import type { BundleItem } from '../../delivery/contract/define-reactor'

export interface Corrected {
  review: PublicReview
  correction: Correction
}

export interface Digest {
  reviews: PublicReview[]
  corrected: Corrected[]
}

/**
 * Leaves out archived reviews, and corrections of reviews that are new in the same bundle: those
 * show the correction themselves.
 */
export function digestOf(bundle: BundleItem[]): Digest {
  const visible = bundle.filter(({ archived }) => !archived)
  const reviews = new Map(
    visible
      .filter(({ event }) => event.type === 'ReviewPublished')
      .map(({ review }) => [review.id, review]),
  )
  const corrected = visible.flatMap(({ event, review }): Corrected[] =>
    event.type === 'ReviewCorrected' && !reviews.has(review.id)
      ? [{ review, correction: { at: event.data.correctedAt, note: event.data.note } }]
      : [],
  )
  return { reviews: [...reviews.values()], corrected }
}
