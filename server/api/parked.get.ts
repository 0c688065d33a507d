/** GET /api/parked: reviews that a part does not go on with, because it could not digest an event; with that event, why, and how many wait behind it. */
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
    ...(await stuckReviews(appReadOnly())).map(one => ({ kind: 'reactor' as const, ...one })),
    ...(await parkedInViews(useViews())).map(one => ({ kind: 'projection' as const, ...one })),
  ]
  const titles = await titlesOf(
    useViews(),
    stuck.map(one => one.reviewId),
  )
  const typeAt = async (position: number) =>
    (await useLog().read({ after: position - 1, limit: 1 }))[0]?.type
  return {
    items: await Promise.all(
      stuck.map(async one => ({
        ...one,
        title: titles.get(one.reviewId) ?? one.reviewId,
        type: await typeAt(one.position),
      })),
    ),
  }
})
