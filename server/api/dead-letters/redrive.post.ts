/**
 * POST /api/dead-letters/redrive {part?}: sends every dead letter (of one part) again, from its
 * first attempt.
 */
import { defineEventHandler } from 'h3'
import { redriveAllInput } from '../../../shared/schemas/operating'
import { idempotent, requireScope } from '../../access'
import { useApp } from '../../db/open'
import { everyReactor } from '../../delivery/contract/registry'
import { redriveAll } from '../../delivery/ledger/dead-letters'
import { wakeParts } from '../../delivery/sending/running-parts'
import { refuse } from '../../http/problem'
import { readInput } from '../../http/read-input'

export default defineEventHandler(async event => {
  await requireScope(event, 'parts')
  const { part } = await readInput(event, redriveAllInput)
  if (part !== undefined && !everyReactor().some(reactor => reactor.name === part))
    refuse('part', 'must be the name of a part')
  return idempotent(event, { part }, async () => {
    const again = await redriveAll(await useApp(), { part }, Date.now())
    wakeParts()
    return { again }
  })
})
