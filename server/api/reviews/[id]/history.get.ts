/**
 * GET /api/reviews/:id/history: the events of a review, oldest first, each with what it changed.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { requireScope } from '../../../access'
import { historyOf } from '../../../desk/history'
import { openReview } from '../../../desk/working-copy/open-review'

export default defineEventHandler(async event => {
  const who = await requireScope(event, 'reviews')
  return { items: historyOf((await openReview(getRouterParam(event, 'id')!, who)).events) }
})
