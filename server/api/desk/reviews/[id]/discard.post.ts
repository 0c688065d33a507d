/**
 * POST /api/desk/reviews/:id/discard: deletes a draft; it stays readable at the desk and can be
 * restored.
 */
import { defineEventHandler, getRouterParam, setResponseStatus } from 'h3'
import { nothing } from '../../../../../shared/schemas/review'
import { requireScope } from '../../../../access'
import { useApp } from '../../../../db/open'
import { discardDraft } from '../../../../desk/working-copy/discarded'
import { openReview } from '../../../../desk/working-copy/open-review'
import { readInput } from '../../../../http/read-input'

export default defineEventHandler(async event => {
  const who = await requireScope(event, 'reviews')
  await readInput(event, nothing)
  await discardDraft(await useApp(), await openReview(getRouterParam(event, 'id')!, who), {
    actor: who.name,
    now: Date.now(),
  })
  setResponseStatus(event, 204)
})
