/** Fires the Nitro hooks for new events, in log order, once this node's read models show them. */
import type { NitroApp } from 'nitropack/types'
import type { Card } from '../../shared/types/review'
import { settings } from '../config/settings'
import { useLog } from '../log'
import type { DomainEvent, Recorded } from '../log/event-log'
import { load } from '../log/handle-command'
import { card, publicReview } from '../review/public-review'
import type { Sign } from './frame'

const HOOK = {
  ReviewDrafted: 'review:drafted',
  ReviewPublished: 'review:published',
  ReviewFixed: 'review:fixed',
  ReviewCorrected: 'review:corrected',
  ReviewArchived: 'review:archived',
  ReviewRestored: 'review:restored',
  ReviewScheduled: 'review:scheduled',
  ScheduleCancelled: 'review:schedule-cancelled',
  ReviewErased: 'review:erased',
} as const satisfies Record<DomainEvent['type'], string>

/**
 * A listener that throws must not silence the next one: all are called, and failures are logged.
 */
export async function fireHooks(hooks: NitroApp['hooks'], events: Recorded[], sign: Sign) {
  for (const event of events) {
    const card = await cardOf(event)
    const payload = { event, card: card && (await sign(card)) }
    const results = await hooks.callHookWith(
      listeners => Promise.allSettled(listeners.map(async listener => listener(payload as never))),
      HOOK[event.type],
      payload as never,
    )
    for (const result of results)
      if (result.status === 'rejected') console.error(`[${HOOK[event.type]}]`, result.reason)
  }
}

async function cardOf(event: Recorded): Promise<Card | undefined> {
  const { state } = await load(useLog(), event.data.id)
  const review = publicReview(state, settings().siteUrl)
  return review && card(review)
}
