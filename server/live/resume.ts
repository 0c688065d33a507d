/**
 * Backfill → cutover → live: what a page missed comes from the ring, else from the log, else the
 * page is told to reload.
 */
import type { EventLog } from '../log/event-log'
import { load } from '../log/handle-command'
import { card, publicReview } from '../review/public-review'
import {
  beatFrame,
  type Frame,
  frameOf,
  LIVE_EVENTS,
  type LiveEventType,
  resetFrame,
  type Sign,
} from './frame'
import type { Hub } from './hub'

/** A page that is more than this many public events behind reloads. */
const MOST_MISSED = 200

/**
 * `lastEventId` is what the page sent; undefined asks for what comes from now on. Returns what to
 * write first, a beat before everything else, and the position that the page is then at; the hub adds
 * what is broadcast after it in the same tick, so that nothing is lost.
 */
export async function missedBy(
  lastEventId: string | undefined,
  { hub, log, siteUrl, sign }: { hub: Hub; log: EventLog; siteUrl: string; sign: Sign },
): Promise<{ missed: Frame[]; position: number }> {
  const head = Math.max(hub.position, 0) || (await log.head())
  if (lastEventId === undefined) return { missed: [beatFrame(head)], position: head }
  const after = /^\d{1,15}$/.test(lastEventId) ? Number(lastEventId) : Infinity
  if (after > head && after > (await log.head())) return reset(head)
  const ring = hub.since(after)
  if (ring) return caughtUp(after, ring)
  const events = await log.read({ after, limit: MOST_MISSED + 1, types: LIVE_EVENTS })
  if (events.length > MOST_MISSED) return reset(head)
  const missed: Frame[] = []
  for (const event of events) {
    const { state } = await load(log, event.data.id)
    const review = publicReview(state, siteUrl)
    if (!review) continue
    const signed = await sign(card(review))
    missed.push(frameOf(event.position, event.type as LiveEventType, signed))
  }
  return caughtUp(after, missed)
}

/** The beat stands at the page's own position, so that a cut after it loses nothing. */
const caughtUp = (after: number, missed: Frame[]) => ({
  missed: [beatFrame(after), ...missed],
  position: missed.at(-1)?.position ?? after,
})

/** The beat stands at 0, so that a page which is cut off before the reset is told again. */
const reset = (head: number) => ({ missed: [beatFrame(0), resetFrame(head)], position: head })
