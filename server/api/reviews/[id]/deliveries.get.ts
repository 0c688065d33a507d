/**
 * GET /api/reviews/:id/deliveries: what happened, part by part; `?part=` for the rows of one part.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { deliveriesQuery } from '../../../../shared/schemas/operating'
import { requireScope } from '../../../access'
import { appReadOnly } from '../../../db/open'
import { rowsOf } from '../../../delivery/ledger/report'
import { runSheet } from '../../../desk/run-sheet/run-sheet'
import { openReview } from '../../../desk/working-copy/open-review'
import { readQuery } from '../../../http/read-input'

export default defineEventHandler(async event => {
  const who = await requireScope(event, 'reviews')
  const id = getRouterParam(event, 'id')!
  const { part } = await readQuery(event, deliveriesQuery)
  const review = await openReview(id, who)
  if (part !== undefined) return { items: await rowsOf(appReadOnly(), id, part) }
  return runSheet(review)
})
