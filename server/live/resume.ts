/**
 * Backfill → cutover → live: what a page missed comes from the ring, else from the log, else the
 * page is told to reload.
 */
import { PUBLIC_EVENTS, type PublicEventType } from '../../shared/types/notice'
import type { EventLog } from '../log/event-log'
import { load } from '../log/handle-command'
import { card, publicReview } from '../review/public-review'
import { type Frame, frameOf, placeFrame, resetFrame } from './frame'
import type { Hub } from './hub'

/** A page that is more than this many public events behind reloads. */
const MOST_MISSED = 200

/**
 * `lastEventId` is the header as it came. Returns what to write first and the position that the page
 * is then at; the hub adds what is broadcast after it in the same tick, so that nothing is lost.
 */
export async function missedBy(
  lastEventId: string | undefined,
  { hub, log, siteUrl }: { hub: Hub; log: EventLog; siteUrl: string },
): Promise<{ missed: Frame[]; position: number }> {
  const head = Math.max(hub.position, 0) || (await log.head())
  if (lastEventId === undefined || lastEventId === '')
    return { missed: [placeFrame(head)], position: head }
  const after = /^\d{1,15}$/.test(lastEventId) ? Number(lastEventId) : Infinity
  if (after > head && after > (await log.head()))
    return { missed: [resetFrame(head)], position: head }
  const ring = hub.since(after)
  if (ring) return { missed: ring, position: ring.at(-1)?.position ?? after }
  const events = await log.read({ after, limit: MOST_MISSED + 1, types: PUBLIC_EVENTS })
  if (events.length > MOST_MISSED) return { missed: [resetFrame(head)], position: head }
  const missed: Frame[] = []
  for (const event of events) {
    const { state } = await load(log, event.data.id)
    const review = publicReview(state, siteUrl)
    if (review) missed.push(frameOf(event.position, event.type as PublicEventType, card(review)))
  }
  return { missed, position: missed.at(-1)?.position ?? after }
}
