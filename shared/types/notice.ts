/** What outsiders get: CloudEvents 1.0 (structured), thin with a link or fat with the whole review as it is public now. Only the listed events are public. */
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

export type PublicEventType = keyof typeof NOTICE_TYPE
export const PUBLIC_EVENTS = Object.keys(NOTICE_TYPE) as PublicEventType[]

export interface ThinNotice {
  id: string
  url: string
  api: string
}
export type FatNotice = PublicReview | { id: string; url: string; withdrawn: true }

/** `sequence` is the position in the log, zero-padded to at least eight digits, so that it sorts as text (CloudEvents sequence extension). */
export interface Notice<Content = ThinNotice | FatNotice> {
  specversion: '1.0'
  id: string
  source: string
  type: (typeof NOTICE_TYPE)[PublicEventType]
  subject: string
  time: string
  sequence: string
  datacontenttype: 'application/json'
  data: Content
}
