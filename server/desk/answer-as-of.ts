/** GET /api/reviews/:idOrSlug?asOf=POSITION: a review as it was, for those who may edit it. */
import { type H3Event, setResponseHeader } from 'h3'
import { z } from 'zod'
import type { ReviewAsOf } from '../../shared/types/review-as-of'
import { requireScope } from '../access'
import { appReadOnly, useApp } from '../db/open'
import { problem, refuse } from '../http/problem'
import { readQuery } from '../http/read-input'
import { useLog } from '../log'
import { reviewAsOf } from './as-of'
import { openReview } from './working-copy/open-review'

const query = z.object({
  asOf: z.string().regex(/^(?:0|[1-9]\d{0,14})$/, 'must be a position of the log: a whole number'),
})

/**
 * Throws a 401 or 403, a 422 on `asOf` for anything but a position that the log has reached, and a
 * 404 where the review did not exist yet.
 */
export async function answerAsOf(event: H3Event, idOrSlug: string): Promise<ReviewAsOf> {
  const who = await requireScope(event, 'reviews')
  const asOf = Number((await readQuery(event, query)).asOf)
  const head = await useLog().head()
  if (asOf > head) refuse('asOf', `must not be beyond the log, which ends at ${head}`)
  const { events } = await openReview(await idOf(idOrSlug), who)
  setResponseHeader(event, 'cache-control', 'private, no-store')
  return (
    reviewAsOf(events, asOf) ??
    problem(404, 'No such review', `The review did not exist yet at position ${asOf}.`)
  )
}

async function idOf(idOrSlug: string): Promise<string> {
  await useApp() // creates the file that appReadOnly() opens
  const found = await appReadOnly()
    .selectFrom('slugs')
    .select('review_id')
    .where('slug', '=', idOrSlug)
    .executeTakeFirst()
  return found?.review_id ?? idOrSlug
}
