/** POST /api/dead-letters/:id/redrive: sends it again, from its first attempt. */
import { defineEventHandler, getRouterParam } from 'h3'
import { requireScope } from '../../../access'
import { useApp } from '../../../db/open'
import { redrive } from '../../../delivery/report'
import { problem } from '../../../problem'

export default defineEventHandler(async (event) => {
  await requireScope(event, 'parts')
  const id = Number(getRouterParam(event, 'id'))
  if (!Number.isSafeInteger(id) || !await redrive(await useApp(), id, Date.now())) problem(404, 'No such dead letter')
  return { id, state: 'retry' }
})
