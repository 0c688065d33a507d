/** GET /api/reviews/:id/deliveries: what happened, per part; `?part=` for the rows of one. */
import { defineEventHandler, getQuery, getRouterParam } from 'h3'
import { requireScope } from '../../../access'
import { useAppReader } from '../../../db/open'
import { rowsOf } from '../../../delivery/ledger/report'
import { open } from '../../../desk/review-commands'
import { whatHappened } from '../../../desk/run-sheet/run-sheet'

export default defineEventHandler(async event => {
  const who = await requireScope(event, 'reviews')
  const id = getRouterParam(event, 'id')!
  const part = getQuery(event).part
  const review = await open(id, who)
  if (typeof part === 'string') return { items: await rowsOf(useAppReader(), id, part) }
  return whatHappened(review)
})
