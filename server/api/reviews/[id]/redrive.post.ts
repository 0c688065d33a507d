/**
 * POST /api/reviews/:id/redrive {part}: sends again what one part gave up for this review, from its
 * first attempt.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { redrivePartInput } from '../../../../shared/schemas/review'
import { idempotent, requireScope } from '../../../access'
import { useApp } from '../../../db/open'
import { everyReactor } from '../../../delivery/contract/registry'
import { redriveAll } from '../../../delivery/ledger/dead-letters'
import { wakeParts } from '../../../delivery/sending/running-parts'
import { openReview } from '../../../desk/working-copy/open-review'
import { refuse } from '../../../http/problem'
import { readInput } from '../../../http/read-input'

export default defineEventHandler(async event => {
  const who = await requireScope(event, 'reviews')
  const id = getRouterParam(event, 'id')!
  const { part } = await readInput(event, redrivePartInput)
  return idempotent(event, { part }, async () => {
    await openReview(id, who)
    if (!everyReactor().some(reactor => reactor.name === part))
      refuse('part', 'must be the name of a part')
    const again = await redriveAll(await useApp(), { reviewId: id, part }, Date.now())
    wakeParts()
    return { id, part, again }
  })
})
