/**
 * POST /api/dead-letters/:id/redrive {text?}: sends it again, from its first attempt; `text` replaces
 * the critic's words, null brings back the channel's own.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { redriveInput } from '../../../../shared/schemas/review'
import { idempotent, requireScope } from '../../../access'
import { useApp } from '../../../db/open'
import { redrive } from '../../../delivery/ledger/dead-letters'
import { wakeParts } from '../../../delivery/sending/running-parts'
import { redriveWithWords } from '../../../desk/redrive-with-words'
import { problem } from '../../../http/problem'
import { readInput } from '../../../http/read-input'

export default defineEventHandler(async event => {
  await requireScope(event, 'parts')
  const id = Number(getRouterParam(event, 'id'))
  const input = await readInput(event, redriveInput)
  return idempotent(event, input, async () => {
    if (!Number.isSafeInteger(id)) problem(404, 'No such dead letter')
    const { text } = input
    const isAgain =
      text === undefined
        ? await redrive(await useApp(), id, Date.now())
        : await redriveWithWords(id, text, Date.now())
    if (!isAgain) problem(404, 'No such dead letter')
    wakeParts()
    return { id, state: 'retry' }
  })
})
