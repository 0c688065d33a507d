/** The Nitro hooks: fired from the tail of the log, in its order, once this node's read models show the event. */
import type { NitroApp } from 'nitropack/types'
import type { Card } from '../../shared/types/review'
import { settings } from '../config/settings'
import { useLog } from '../log'
import type { DomainEvent, Recorded } from '../log/event-log'
import { load } from '../log/handle-command'
import { card, publicReview } from '../review/public-review'

const HOOK = {
  ReviewDrafted: 'review:drafted',
  ReviewPublished: 'review:published',
  ReviewFixed: 'review:fixed',
  ReviewCorrected: 'review:corrected',
  ReviewArchived: 'review:archived',
  ReviewRestored: 'review:restored',
  ReviewScheduled: 'review:scheduled',
  ScheduleCancelled: 'review:schedule-cancelled',
} as const satisfies Record<DomainEvent['type'], string>

/** A listener that throws must not silence the next one: each is called, and its failure is logged. */
export async function fireHooks(hooks: NitroApp['hooks'], events: Recorded[]) {
  for (const event of events) {
    const told = { event, card: await cardOf(event) }
    const ends = await hooks.callHookWith(
      listeners => Promise.allSettled(listeners.map(async listener => listener(told as never))),
      HOOK[event.type],
      told as never,
    )
    for (const end of ends)
      if (end.status === 'rejected') console.error(`[${HOOK[event.type]}]`, end.reason)
  }
}

async function cardOf(event: Recorded): Promise<Card | undefined> {
  const { state } = await load(useLog(), event.data.id)
  const review = publicReview(state, settings().siteUrl)
  return review && card(review)
}
