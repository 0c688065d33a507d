/**
 * GET /api/desk/reviews/:id/revisions: the earlier states of the working copy, newest first, each
 * with its whole text.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { requireRole } from '../../../../access'
import { appReadOnly } from '../../../../db/open'
import { openReview } from '../../../../desk/working-copy/open-review'
import { revisionsOf } from '../../../../desk/working-copy/revisions'

export default defineEventHandler(async event => {
  const who = await requireRole(event, 'critic')
  const id = getRouterParam(event, 'id')!
  await openReview(id, who)
  return { items: await revisionsOf(appReadOnly(), id) }
})
