/** GET /api/parts: every consumer: checkpoint, head, lag, rate, last error. */
import { defineEventHandler } from 'h3'
import { requireScope } from '../../access'
import { useAppReader } from '../../db/open'
import { canSend } from '../../delivery/part-settings'
import { projectionStates, reactorStates } from '../../delivery/consumers'
import { everyReactor, useProjector } from '../../house'
import { useLog } from '../../log'

export default defineEventHandler(async event => {
  await requireScope(event, 'parts')
  const head = await useLog().head()
  return {
    head,
    items: [
      ...projectionStates(useProjector(), head),
      ...(await reactorStates(useAppReader(), everyReactor(), canSend, head, Date.now())),
    ],
  }
})
