/** A notice is an envelope (CloudEvents 1.0, structured) around a link to a review, the review, or some of its fields. Pure. */
import type { Shape } from './schemas/subscription'
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
  shape: Shape,
  data: Content,
): Notice<Content> {
  const type = NOTICE_TYPE[event.type as PublicEventType]
  return {
    specversion: '1.0',
    id: event.id,
    source: siteUrl,
    type,
    subject: event.data.id,
    time: event.at,
    sequence: sequenceOf(event.position),
    datacontenttype: 'application/json',
    dataschema: dataSchemaUrl(siteUrl, type, shape),
    data,
  }
}

/** "review.published.v1.thin.json": the schema of the data of a notice, in one shape or in any. */
export const dataSchemaName = (type: string, part?: string): string =>
  `${[type.replace(/^com\.mymovies\./, ''), part].filter(Boolean).join('.')}.json`

/** Where the schema of a notice's data is. */
export const dataSchemaUrl = (siteUrl: string, type: string, shape?: Shape) =>
  `${siteUrl}/schemas/${dataSchemaName(type, shape)}`

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
