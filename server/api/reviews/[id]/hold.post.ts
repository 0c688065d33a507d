/**
 * POST /api/reviews/:id/hold: stops everything about a review that has not been sent yet, until
 * somebody sends it. The review stays public.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { nothing } from '../../../../shared/schemas/review'
import { idempotent, requireScope } from '../../../access'
import { useApp } from '../../../db/open'
import { holdReview } from '../../../delivery/ledger/holds'
import { heldBy } from '../../../delivery/ledger/stopped'
import { openReview } from '../../../desk/working-copy/open-review'
import { readInput } from '../../../http/read-input'

export default defineEventHandler(async event => {
  const who = await requireScope(event, 'reviews')
  const id = getRouterParam(event, 'id')!
  const input = await readInput(event, nothing)
  return idempotent(event, input, async () => {
    const { events } = await openReview(id, who)
    return {
      id,
      held: await holdReview(await useApp(), {
        reviewId: id,
        position: events.at(-1)!.position,
        reason: heldBy(who.name),
        now: Date.now(),
      }),
    }
  })
})
