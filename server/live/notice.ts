/** From a fact to the notice that outsiders get. */
import { NOTICE_TYPE, type FatNotice, type Notice, type PublicEventType, type ThinNotice } from '../../shared/types/notice'
import type { EventLog, Recorded } from '../log/event-log'
import { load } from '../review/handle'
import { publicReview, reviewUrl, withdrawn } from '../review/public-review'

export type Shape = 'thin' | 'fat'

/** `event` must be one of the public types. A withdrawn review's text is gone from every answer, also from notices of older facts. */
export async function noticeOf(event: Recorded, shape: Shape, { log, siteUrl }: { log: EventLog, siteUrl: string }): Promise<Notice> {
  const { state } = await load(log, event.data.id), id = event.data.id
  const url = reviewUrl(siteUrl, state.slug ?? id)
  const thin: ThinNotice = { id, url, api: `${siteUrl}/api/reviews/${id}` }
  const fat = (): FatNotice => withdrawn(state, siteUrl) ? { id, url, withdrawn: true } : publicReview(state, siteUrl)!
  return {
    specversion: '1.0', id: event.id, source: siteUrl, type: NOTICE_TYPE[event.type as PublicEventType], subject: id, time: event.at,
    sequence: String(event.position).padStart(8, '0'), datacontenttype: 'application/json', data: shape === 'fat' ? fat() : thin,
  }
}
