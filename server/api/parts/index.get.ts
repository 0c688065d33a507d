/** GET /api/parts: the state of every consumer: checkpoint, head, lag, rate, last error. */
import { defineEventHandler } from 'h3'
import { requireScope } from '../../access'
import { appReadOnly } from '../../db/open'
import { canSend } from '../../delivery/contract/part-settings'
import { everyReactor } from '../../delivery/contract/registry'
import { useLog } from '../../log'
import { projectionStates, reactorStates } from '../../operations/part-status'
import { useProjector } from '../../read-models/use-projector'

export default defineEventHandler(async event => {
  await requireScope(event, 'parts')
  const head = await useLog().head()
  return {
    head,
    items: [
      ...projectionStates(useProjector(), head),
      ...(await reactorStates(appReadOnly(), everyReactor(), canSend, head, Date.now())),
    ],
  }
})
