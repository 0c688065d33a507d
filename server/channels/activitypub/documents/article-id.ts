/**
 * The id of a review's article. What was deleted stays deleted (ActivityPub, 6.4: other servers keep a
 * tombstone under the id), so that a restored review is an article with a new one.
 */
import { useLog } from '../../../log'
import type { Recorded } from '../../../log/event-log'
import { streamOf } from '../../../log/handle-command'

/** The review's address; after a restore, with the position of that. */
export const articleId = (url: string, restored?: number) =>
  restored === undefined ? url : `${url}?restored=${restored}`

/** The position of the review's last restore; undefined if there was none. */
export async function lastRestore(reviewId: string): Promise<number | undefined> {
  return restoreIn(await eventsOf(reviewId))
}

/** Oldest first. */
export const eventsOf = (reviewId: string) => useLog().readStream(streamOf(reviewId))

export const restoreIn = (events: Recorded[]) =>
  events.findLast(({ type }) => type === 'ReviewRestored')?.position
