/** Sends what somebody paused about a review, and what waits for its undo window or a next attempt. */
import type { Reactor } from '../delivery/contract/define-reactor'
import { endHold, endWaits } from '../delivery/ledger/holds'
import { isHeld } from '../delivery/ledger/stopped'
import type { DeliveryContext } from '../delivery/planning/context'
import { planAgain } from '../delivery/planning/plan-again'
import type { Recorded } from '../log/event-log'

/** `events` are all of the review's. Returns how many deliveries were let go. */
export async function sendNow(
  context: DeliveryContext,
  reactors: Reactor[],
  { id, events }: { id: string; events: Recorded[] },
): Promise<number> {
  const { app, holdMs, now } = context
  await app.transaction().execute(tx => endHold(tx, id, now()))
  let released = 0
  for (const reactor of reactors) released += await planAgain({ ...context, reactor }, id, isHeld)
  for (const { position, at } of events)
    released += await endWaits(app, {
      reviewId: id,
      position,
      heldUntil: Date.parse(at) + holdMs,
      now: now(),
    })
  return released
}
