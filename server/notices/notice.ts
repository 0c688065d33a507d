/** Makes the notice that outsiders get about an event. */
import { enclose, fatOf, thinOf } from '../../shared/notice'
import type { Subscription } from '../../shared/schemas/subscription'
import type { FatNotice, Notice, PickNotice, ThinNotice } from '../../shared/types/notice'
import type { PublicReview } from '../../shared/types/review'
import type { Recorded } from '../log/event-log'
import { onlyFields } from '../queries/select-fields'
import { archivedNotice, publicReview, reviewUrl } from '../review/public-review'
import type { ReviewHistories } from './review-histories'

/** How much of a review a notice carries. */
export type Form = Pick<Subscription, 'shape' | 'fields'>

/**
 * `event` must be one of the public types. It carries the review as it may be shown now, so call
 * `histories.catchUp()` first.
 */
export async function noticeOf(
  event: Recorded,
  form: Form,
  { histories, siteUrl }: { histories: ReviewHistories; siteUrl: string },
): Promise<Notice> {
  if (form.shape === 'thin') {
    const { id } = event.data
    const url = reviewUrl(siteUrl, await histories.slugOf(event))
    return enclose(event, siteUrl, form.shape, thinOf({ id, url }, siteUrl))
  }
  const { state } = await histories.of(event.data.id)
  const review = publicReview(state, siteUrl)!
  const archived = archivedNotice(state, siteUrl)
  return enclose(event, siteUrl, form.shape, contentOf(form, { review, archived }, siteUrl))
}

/** An archived review, fat or picked, is nothing but `{ id, url, withdrawn: true }`. */
export function contentOf(
  { shape, fields = [] }: Form,
  { review, archived }: { review: PublicReview; archived?: object },
  siteUrl: string,
): ThinNotice | FatNotice | PickNotice {
  if (shape === 'thin') return thinOf(review, siteUrl)
  if (shape === 'pick' && !archived) return onlyFields(fields)(review) as PickNotice
  return fatOf(review, archived)
}
