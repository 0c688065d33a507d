/** A notice is an envelope (CloudEvents 1.0, structured) around what is told of a review: a link, the review, or some of its fields. Pure. */
import {
  type FatNotice,
  type Notice,
  NOTICE_TYPE,
  type PublicEventType,
  type ThinNotice,
} from './types/notice'
import type { PublicReview } from './types/review'

/** What of an event its notice needs; `type` must be one of the public types. */
export interface Fact {
  id: string
  type: string
  position: number
  at: string
  data: { id: string }
}

export function enclose<Content>(fact: Fact, siteUrl: string, data: Content): Notice<Content> {
  return {
    specversion: '1.0',
    id: fact.id,
    source: siteUrl,
    type: NOTICE_TYPE[fact.type as PublicEventType],
    subject: fact.data.id,
    time: fact.at,
    sequence: sequenceOf(fact.position),
    datacontenttype: 'application/json',
    data,
  }
}

/** A position that sorts as text. */
export const sequenceOf = (position: number) => String(position).padStart(8, '0')

export const thinOf = ({ id, url }: { id: string; url: string }, siteUrl: string): ThinNotice => ({
  id,
  url,
  api: `${siteUrl}/api/reviews/${id}`,
})

/** A withdrawn review's text is gone from every answer, also from notices of older facts. */
export const fatOf = (review: PublicReview, withdrawn: object | undefined): FatNotice =>
  withdrawn ? { id: review.id, url: review.url, withdrawn: true } : review
