/** POST /api/desk/reviews/:id/bring-back: restores a deleted draft. */
import { defineEventHandler, getRouterParam, setResponseStatus } from 'h3'
import { nothing } from '../../../../../shared/schemas/review'
import { requireScope } from '../../../../access'
import { useApp } from '../../../../db/open'
import { restoreDraft } from '../../../../desk/working-copy/discarded'
import { openReview } from '../../../../desk/working-copy/open-review'
import { readInput } from '../../../../http/read-input'

export default defineEventHandler(async event => {
  const who = await requireScope(event, 'reviews')
  await readInput(event, nothing)
  await restoreDraft(await useApp(), (await openReview(getRouterParam(event, 'id')!, who)).id)
  setResponseStatus(event, 204)
})
