/** A notice is an envelope (CloudEvents 1.0, structured) around a link to a review, the review, or some of its fields. Pure. */
import {
  type FatNotice,
  type Notice,
  NOTICE_TYPE,
  type PublicEventType,
  type ThinNotice,
} from './types/notice'
import type { PublicReview } from './types/review'

/** What a notice needs of its event; `type` must be one of the public types. */
export interface NoticeEvent {
  id: string
  type: string
  position: number
  at: string
  data: { id: string }
}

export function enclose<Content>(
  event: NoticeEvent,
  siteUrl: string,
  data: Content,
): Notice<Content> {
  return {
    specversion: '1.0',
    id: event.id,
    source: siteUrl,
    type: NOTICE_TYPE[event.type as PublicEventType],
    subject: event.data.id,
    time: event.at,
    sequence: sequenceOf(event.position),
    datacontenttype: 'application/json',
    data,
  }
}

/** A position as text that sorts correctly. */
export const sequenceOf = (position: number) => String(position).padStart(8, '0')

export const thinOf = ({ id, url }: { id: string; url: string }, siteUrl: string): ThinNotice => ({
  id,
  url,
  api: `${siteUrl}/api/reviews/${id}`,
})

/** An archived review's text is gone from every answer, including notices of older events. */
export const fatOf = (review: PublicReview, withdrawn: object | undefined): FatNotice =>
  withdrawn ? { id: review.id, url: review.url, withdrawn: true } : review
