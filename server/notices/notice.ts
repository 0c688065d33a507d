/** Makes the notice that outsiders get about an event. */
import { enclose, fatOf, thinOf } from '../../shared/notice'
import type { Notice } from '../../shared/types/notice'
import type { EventLog, Recorded } from '../log/event-log'
import { load } from '../log/handle-command'
import { archivedNotice, publicReview, reviewUrl } from '../review/public-review'

export type Shape = 'thin' | 'fat'

/** `event` must be one of the public types. It carries the review as it may be shown now. */
export async function noticeOf(
  event: Recorded,
  shape: Shape,
  { log, siteUrl }: { log: EventLog; siteUrl: string },
): Promise<Notice> {
  const { state } = await load(log, event.data.id)
  const id = event.data.id
  if (shape === 'fat')
    return enclose(
      event,
      siteUrl,
      shape,
      fatOf(publicReview(state, siteUrl)!, archivedNotice(state, siteUrl)),
    )
  return enclose(
    event,
    siteUrl,
    shape,
    thinOf({ id, url: reviewUrl(siteUrl, state.slug ?? id) }, siteUrl),
  )
}
