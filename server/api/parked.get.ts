/**
 * GET /api/parked: reviews with an event that a part or projection could not process: that event,
 * why, and how many wait behind it.
 */
import { defineEventHandler } from 'h3'
import { requireScope } from '../access'
import { appReadOnly } from '../db/open'
import { stuckReviews } from '../delivery/planning/parked'
import { useLog } from '../log'
import { parkedInViews } from '../queries/parked'
import { titlesOf } from '../queries/titles'
import { useViews } from '../queries/views'

export default defineEventHandler(async event => {
  await requireScope(event, 'parts')
  const stuck = [
    ...(await stuckReviews(appReadOnly())).map(review => ({ kind: 'reactor' as const, ...review })),
    ...(await parkedInViews(useViews())).map(review => ({
      kind: 'projection' as const,
      ...review,
    })),
  ]
  const titles = await titlesOf(
    useViews(),
    stuck.map(review => review.reviewId),
  )
  const typeAt = async (position: number) =>
    (await useLog().read({ after: position - 1, limit: 1 }))[0]?.type
  return {
    items: await Promise.all(
      stuck.map(async review => ({
        ...review,
        title: titles.get(review.reviewId) ?? review.reviewId,
        type: await typeAt(review.position),
      })),
    ),
  }
})
