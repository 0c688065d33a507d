/**
 * POST /api/reviews/:id/hold: stops everything about a review that has not been sent yet. The
 * review stays public.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { nothing } from '../../../../shared/schemas/review'
import { idempotent, requireScope } from '../../../access'
import { useApp } from '../../../db/open'
import { holdReview } from '../../../delivery/ledger/holds'
import { openReview } from '../../../desk/working-copy/open-review'
import { readInput } from '../../../http/read-input'

export default defineEventHandler(async event => {
  const who = await requireScope(event, 'reviews')
  const id = getRouterParam(event, 'id')!
  const input = await readInput(event, nothing)
  return idempotent(event, input, async () => {
    await openReview(id, who)
    return {
      id,
      held: await holdReview(await useApp(), {
        reviewId: id,
        reason: `held by ${who.name}`,
        now: Date.now(),
      }),
    }
  })
})
