/**
 * POST /api/parts/:name/replay {from, dryRun}: plans again from a position (0 is the first event); a
 * dry run lists what would be sent, and to how many. `skipped` are left alone. A read model has only
 * the dry run: how many rows it would have, and a sample.
 */
import { defineEventHandler, getRouterParam, type H3Event } from 'h3'
import type { z } from 'zod'
import { replayInput } from '../../../../shared/schemas/operating'
import { idempotent, requireScope } from '../../../access'
import type { Reactor } from '../../../delivery/contract/define-reactor'
import { canSend } from '../../../delivery/contract/part-settings'
import { everyReactor } from '../../../delivery/contract/registry'
import { useDeliveryContext } from '../../../delivery/planning/context'
import { wakeParts } from '../../../delivery/sending/running-parts'
import { problem, refuse } from '../../../http/problem'
import { readInput } from '../../../http/read-input'
import { useLog } from '../../../log'
import { replay } from '../../../operations/replay'
import { inSmallSteps } from '../../../read-models/build'
import type { Projection } from '../../../read-models/define-projection'
import { dryRunProjection } from '../../../read-models/dry-run'
import { useProjector } from '../../../read-models/use-projector'

type Range = z.output<typeof replayInput>

export default defineEventHandler(async event => {
  await requireScope(event, 'parts')
  const name = getRouterParam(event, 'name')
  const reactor = everyReactor().find(part => part.name === name)
  const model = useProjector().followers.find(follower => follower.name === name)
  if (!reactor && !model) problem(404, 'No such part')
  const range = await readInput(event, replayInput)
  if (range.from > (await useLog().head())) refuse('from', 'must be a position of the log')
  return reactor ? replayPart(event, reactor, range) : tryReadModel(event, model!.projection, range)
})

function replayPart(event: H3Event, reactor: Reactor, range: Range) {
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
}

function tryReadModel(event: H3Event, projection: Projection, range: Range) {
  if (!range.dryRun) refuse('dryRun', 'must be true for a read model: it is rebuilt, not replayed')
  return idempotent(event, range, () =>
    dryRunProjection(useLog(), projection, range.from, inSmallSteps()),
  )
}
