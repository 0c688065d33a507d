/**
 * GET /api/reviews/:id/deliveries: what happened, part by part; `?part=` for the rows of one part.
 */
import { defineEventHandler, getQuery, getRouterParam } from 'h3'
import { requireScope } from '../../../access'
import { appReadOnly } from '../../../db/open'
import { rowsOf } from '../../../delivery/ledger/report'
import { runSheet } from '../../../desk/run-sheet/run-sheet'
import { openReview } from '../../../desk/working-copy/open-review'

export default defineEventHandler(async event => {
  const who = await requireScope(event, 'reviews')
  const id = getRouterParam(event, 'id')!
  const part = getQuery(event).part
  const review = await openReview(id, who)
  if (typeof part === 'string') return { items: await rowsOf(appReadOnly(), id, part) }
  return runSheet(review)
})
