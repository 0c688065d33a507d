/**
 * POST /api/reviews/:id/send-now: sends what was paused about a review, or still waits for its undo
 * window or its next attempt.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { nothing } from '../../../../shared/schemas/review'
import { idempotent, requireScope } from '../../../access'
import { everyReactor } from '../../../delivery/contract/registry'
import { useDeliveryContext } from '../../../delivery/planning/context'
import { wakeParts } from '../../../delivery/sending/running-parts'
import { openReview } from '../../../desk/working-copy/open-review'
import { readInput } from '../../../http/read-input'
import { sendNow } from '../../../operations/send-now'

export default defineEventHandler(async event => {
  const who = await requireScope(event, 'reviews')
  const id = getRouterParam(event, 'id')!
  const input = await readInput(event, nothing)
  return idempotent(event, input, async () => {
    const review = await openReview(id, who)
    const released = await sendNow(await useDeliveryContext(), everyReactor(), review)
    wakeParts()
    return { id, released }
  })
})
