/**
 * Everything the push part knows about readers: which of them an event reaches, and at which
 * endpoint.
 */
import type { PublicReview } from '../../shared/types/review'
import type { Wants } from '../../shared/types/wants'
import { appReadOnly, useApp } from '../db/open'
import type { AudienceQuery, Planned } from '../delivery/contract/define-reactor'
import { losePushReader as losePushReaderIn } from './lost-push-readers'
import { countReaders, readersOf } from './plan-audience'

/**
 * For a correction, the readers who may have been sent the review; the planner keeps those who
 * were.
 */
export const pushAudience = (query: AudienceQuery): Promise<Planned[]> =>
  readersOf('push_readers', query)

/**
 * How many readers would hear of this review if it were published at `now` (ms): at once, and later
 * (in a digest, or after quiet hours).
 */
export const countPushAudience = (review: PublicReview, now = Date.now()) =>
  countReaders(appReadOnly(), 'push_readers', review, now)

export interface PushReader {
  endpoint: string
  keys: { p256dh: string; auth: string }
  wants: Wants
}

/** Called just before sending; readers who are missing from the result have left. */
export async function loadPushReaders(ids: string[]): Promise<Map<string, PushReader>> {
  const rows = await appReadOnly()
    .selectFrom('push_readers')
    .select(['id', 'endpoint', 'p256dh', 'auth', 'wants'])
    .where('id', 'in', ids)
    .execute()
  return new Map(
    rows.map(({ id, endpoint, wants, ...keys }) => [
      id,
      { endpoint, keys, wants: JSON.parse(wants) as Wants },
    ]),
  )
}

/** Call this when the push service says that nobody is at this endpoint any more. */
export const losePushReader = async (id: string, endpoint: string) =>
  losePushReaderIn(await useApp(), id, endpoint, Date.now())
