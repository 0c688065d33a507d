/**
 * GET /api/desk/reviews/:id/revisions: the earlier versions of a review, newest first, each with its
 * whole text.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { requireRole } from '../../../../access'
import { appReadOnly } from '../../../../db/open'
import { openReview } from '../../../../desk/working-copy/open-review'
import { versionsOf } from '../../../../desk/working-copy/versions'

export default defineEventHandler(async event => {
  const who = await requireRole(event, 'critic')
  const id = getRouterParam(event, 'id')!
  return { items: await versionsOf(appReadOnly(), await openReview(id, who)) }
})
