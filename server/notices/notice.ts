/** Makes the notice that outsiders get about an event. */
import { enclose, fatOf, thinOf } from '../../shared/notice'
import type { Subscription } from '../../shared/schemas/subscription'
import type { FatNotice, Notice, PickNotice, ThinNotice } from '../../shared/types/notice'
import type { PublicReview } from '../../shared/types/review'
import type { Recorded } from '../log/event-log'
import { withCriticSlug } from '../queries/critic-slugs'
import { onlyFields } from '../queries/select-fields'
import { useViews } from '../queries/views'
import { archivedNotice, publicReview, reviewUrl } from '../review/public-review'
import type { ReviewHistories } from './review-histories'

/** How much of a review a notice carries. */
export type Form = Pick<Subscription, 'shape' | 'fields'>

/**
 * `event` must be one of the public types. It carries the review as it may be shown now: call
 * `histories.catchUp()` after reading it.
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
  const content = await contentOf(form, { review, archived }, siteUrl)
  return enclose(event, siteUrl, form.shape, content)
}

/** An archived review, fat or picked, is nothing but `{ id, url, withdrawn: true }`. */
export async function contentOf(
  { shape, fields = [] }: Form,
  { review, archived }: { review: PublicReview; archived?: object },
  siteUrl: string,
): Promise<ThinNotice | FatNotice | PickNotice> {
  if (shape === 'thin') return thinOf(review, siteUrl)
  if (archived) return fatOf(review, archived)
  const signed = await withCriticSlug(useViews(), review)
  return shape === 'pick' ? (onlyFields(fields)(signed) as PickNotice) : fatOf(signed, undefined)
}
