/** POST /api/dead-letters/:id/redrive: sends it again, from its first attempt. */
import { defineEventHandler, getRouterParam } from 'h3'
import { nothing } from '../../../../shared/schemas/review'
import { idempotent, requireScope } from '../../../access'
import { useApp } from '../../../db/open'
import { redrive } from '../../../delivery/ledger/dead-letters'
import { wakeParts } from '../../../delivery/sending/running-parts'
import { problem } from '../../../http/problem'
import { readInput } from '../../../http/read-input'

export default defineEventHandler(async event => {
  await requireScope(event, 'parts')
  const id = Number(getRouterParam(event, 'id'))
  return idempotent(event, await readInput(event, nothing), async () => {
    if (!Number.isSafeInteger(id) || !(await redrive(await useApp(), id, Date.now())))
      problem(404, 'No such dead letter')
    wakeParts()
    return { id, state: 'retry' }
  })
})
