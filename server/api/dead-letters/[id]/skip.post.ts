/** POST /api/dead-letters/:id/skip: it will never be sent; the reason stays in the ledger. */
import { defineEventHandler, getRouterParam } from 'h3'
import { z } from 'zod'
import { idempotent, requireScope } from '../../../access'
import { useApp } from '../../../db/open'
import { skip } from '../../../delivery/ledger/dead-letters'
import { problem } from '../../../http/problem'
import { readInput } from '../../../http/read-input'

const input = z.strictObject({ reason: z.string().trim().min(1).max(300) })

export default defineEventHandler(async event => {
  const who = await requireScope(event, 'parts')
  const id = Number(getRouterParam(event, 'id'))
  const { reason } = await readInput(event, input)
  return idempotent(event, { reason }, async () => {
    if (!Number.isSafeInteger(id)) problem(404, 'No such dead letter')
    const isSkipped = await skip(await useApp(), id, `${reason} (${who.name})`, Date.now())
    if (!isSkipped) problem(404, 'No such dead letter')
    return { id, state: 'suppressed' }
  })
})
