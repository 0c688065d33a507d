/** A message to all open pages, encoded once (WHATWG HTML, server-sent events). */
import type { PublicEventType } from '../../shared/types/notice'
import type { Card } from '../../shared/types/review'

export interface Frame {
  position: number
  bytes: Buffer
}

/** Gives a card the address of its critic's page. */
export type Sign = (card: Card) => Promise<Card>

/** What an open page can show; that an archived review was erased changes none. */
export type LiveEventType = Exclude<PublicEventType, 'ReviewErased'>

/** What each event is called at /live. */
export const LIVE_NAME: Record<LiveEventType, string> = {
  ReviewPublished: 'review.published',
  ReviewFixed: 'review.fixed',
  ReviewCorrected: 'review.corrected',
  ReviewArchived: 'review.archived',
  ReviewRestored: 'review.restored',
}

export const LIVE_EVENTS = Object.keys(LIVE_NAME) as LiveEventType[]

export const frameOf = (position: number, type: LiveEventType, card: Card): Frame => ({
  position,
  bytes: Buffer.from(
    `id: ${position}\nevent: ${LIVE_NAME[type]}\ndata: ${JSON.stringify(card)}\n\n`,
  ),
})

/**
 * Tells a page that events cannot bring it up to date, so that it reloads; from then on it is at
 * `position`.
 */
export const resetFrame = (position: number): Frame => ({
  position,
  bytes: Buffer.from(`id: ${position}\nevent: reset\ndata: {}\n\n`),
})

/**
 * Shows that the connection lives, and at which position the page is. It has a name and data because
 * some clients (npm's `eventsource`) forget an id that comes without data.
 */
export const beatFrame = (position: number): Frame => ({
  position,
  bytes: Buffer.from(`id: ${position}\nevent: beat\ndata: {}\n\n`),
})
