/**
 * POST /api/parts/:name/retry-parked {reviewId?}: plans again what the part could not process, in
 * order for each review; `parked` says how many are still parked.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { retryParkedInput } from '../../../../shared/schemas/operating'
import { idempotent, requireScope } from '../../../access'
import { canSend } from '../../../delivery/contract/part-settings'
import { everyReactor } from '../../../delivery/contract/registry'
import { useDeliveryContext } from '../../../delivery/planning/context'
import { retryParked } from '../../../delivery/planning/retry-parked'
import { wakeParts } from '../../../delivery/sending/running-parts'
import { problem } from '../../../http/problem'
import { readInput } from '../../../http/read-input'

export default defineEventHandler(async event => {
  await requireScope(event, 'parts')
  const reactor = everyReactor().find(part => part.name === getRouterParam(event, 'name'))
  if (!reactor) problem(404, 'No such part')
  const { reviewId } = await readInput(event, retryParkedInput)
  if (canSend(reactor) !== true)
    problem(409, 'The part is not set up', `${reactor.label} cannot send yet.`)
  return idempotent(event, { reviewId }, async () => {
    const done = await retryParked(await useDeliveryContext(), reactor, reviewId)
    wakeParts()
    return done
  })
})
