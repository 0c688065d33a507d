/** POST /api/dead-letters/:id/skip: it will never be sent; the reason stays in the ledger. */
import { defineEventHandler, getRouterParam } from 'h3'
import { skipInput } from '../../../../shared/schemas/operating'
import { idempotent, requireScope } from '../../../access'
import { useApp } from '../../../db/open'
import { skip } from '../../../delivery/ledger/dead-letters'
import { problem } from '../../../http/problem'
import { readInput } from '../../../http/read-input'

export default defineEventHandler(async event => {
  const who = await requireScope(event, 'parts')
  const id = Number(getRouterParam(event, 'id'))
  const { reason } = await readInput(event, skipInput)
  return idempotent(event, { reason }, async () => {
    if (!Number.isSafeInteger(id)) problem(404, 'No such dead letter')
    const isSkipped = await skip(await useApp(), id, `${reason} (${who.name})`, Date.now())
    if (!isSkipped) problem(404, 'No such dead letter')
    return { id, state: 'suppressed' }
  })
})
