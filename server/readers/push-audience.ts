/** All that the push part knows of readers: which of them an event reaches, and where each is called. */
import type { PublicReview } from '../../shared/types/review'
import { appReadOnly, useApp } from '../db/open'
import type { AudienceQuery, Planned } from '../delivery/contract/define-reactor'
import { countReaders, readersOf } from './plan-audience'
import { forgetPushReader as forgetPushReaderIn } from './push-readers'

/** Of a correction, readers who may have been told of the review; the planner keeps those who were. */
export const pushAudience = (query: AudienceQuery): Promise<Planned[]> =>
  readersOf('push_readers', query)

/** How many would be told of this review if it were published at `now` (ms): at once, and later (in a digest, or after quiet hours). */
export const countPushAudience = (review: PublicReview, now = Date.now()) =>
  countReaders(appReadOnly(), 'push_readers', review, now)

export interface PushReader {
  endpoint: string
  keys: { p256dh: string; auth: string }
}

/** Just before sending; who is missing has left. */
export async function loadPushReaders(ids: string[]): Promise<Map<string, PushReader>> {
  const rows = await appReadOnly()
    .selectFrom('push_readers')
    .select(['id', 'endpoint', 'p256dh', 'auth'])
    .where('id', 'in', ids)
    .execute()
  return new Map(rows.map(({ id, endpoint, ...keys }) => [id, { endpoint, keys }]))
}

/** The push service says that nobody is there any more. With the endpoint that was called, a reader who has a newer one stays. */
export const forgetPushReader = async (id: string, endpoint?: string) =>
  forgetPushReaderIn(await useApp(), id, endpoint)
