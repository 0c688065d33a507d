/** What outsiders get: CloudEvents 1.0 (structured), thin with a link, fat with the whole review as it is public now, or with picked fields of it. Only the listed events are public. */
import type { z } from 'zod'
import type { archivedNoticeSchema, thinSchema } from '../schemas/answers/notice'
import type { pickedReviewSchema } from '../schemas/answers/review'
import type { PublicReview } from './review'

export const NOTICE_TYPE = {
  ReviewPublished: 'com.mymovies.review.published.v1',
  ReviewFixed: 'com.mymovies.review.fixed.v1',
  ReviewCorrected: 'com.mymovies.review.corrected.v1',
  ReviewArchived: 'com.mymovies.review.archived.v1',
  ReviewRestored: 'com.mymovies.review.restored.v1',
  /** Its text is gone here for good: who keeps a copy should delete it. */
  ReviewErased: 'com.mymovies.review.erased.v1',
} as const

/** What `POST /api/webhooks/:id/test` sends. */
export const TEST_NOTICE_TYPE = 'com.mymovies.webhook.test.v1'

export type PublicEventType = keyof typeof NOTICE_TYPE
export const PUBLIC_EVENTS = Object.keys(NOTICE_TYPE) as PublicEventType[]
export type NoticeType = (typeof NOTICE_TYPE)[PublicEventType]
export const NOTICE_TYPES: readonly NoticeType[] = Object.values(NOTICE_TYPE)

export type ThinNotice = z.output<typeof thinSchema>
/** All that a notice says of an archived review, fat or picked. */
export type ArchivedNotice = z.output<typeof archivedNoticeSchema>
export type FatNotice = PublicReview | ArchivedNotice
/** The picked fields, and the id. */
export type PickNotice = z.output<typeof pickedReviewSchema> | ArchivedNotice

/** `sequence` is the position in the log, zero-padded to at least eight digits, so that it sorts as text (CloudEvents sequence extension). */
export interface Notice<Content = ThinNotice | FatNotice | PickNotice> {
  specversion: '1.0'
  id: string
  source: string
  type: NoticeType
  subject: string
  time: string
  sequence: string
  datacontenttype: 'application/json'
  dataschema: string
  data: Content
}
