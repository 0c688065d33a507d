/**
 * POST /api/parts/:name/replay {from, dryRun}: plans again from a position (0 is the first event); a
 * dry run lists what would be sent, and to how many. `skipped` are left alone.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { replayInput } from '../../../../shared/schemas/operating'
import { idempotent, requireScope } from '../../../access'
import { canSend } from '../../../delivery/contract/part-settings'
import { everyReactor } from '../../../delivery/contract/registry'
import { useDeliveryContext } from '../../../delivery/planning/context'
import { wakeParts } from '../../../delivery/sending/running-parts'
import { problem, refuse } from '../../../http/problem'
import { readInput } from '../../../http/read-input'
import { useLog } from '../../../log'
import { replay } from '../../../operations/replay'

export default defineEventHandler(async event => {
  await requireScope(event, 'parts')
  const reactor = everyReactor().find(part => part.name === getRouterParam(event, 'name'))
  if (!reactor) problem(404, 'No such part')
  const range = await readInput(event, replayInput)
  if (range.from > (await useLog().head())) refuse('from', 'must be a position of the log')
  if (!range.dryRun && canSend(reactor) !== true)
    problem(409, 'The part is not set up', `${reactor.label} cannot send yet.`)
  return idempotent(event, range, async () => {
    const context = await useDeliveryContext()
    const { items, planned, alreadyTold } = await replay(context, reactor, range)
    wakeParts()
    return range.dryRun
      ? { items, count: planned, skipped: alreadyTold }
      : { planned, alreadyTold, skipped: alreadyTold }
  })
})
