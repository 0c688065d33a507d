/** Tries parked events again, in order within each review. */
import { sql } from 'kysely'
import type { Reactor } from '../contract/define-reactor'
import type { DeliveryContext } from './context'
import { isUnprocessable, subjectToPlan } from './parked'
import { planRows } from './plan'

/**
 * Plans a part's parked events (only those of one review, if it is named) once more; one that fails
 * again stays, with everything behind it. Returns how many were planned and how many stay.
 */
export async function retryParked(
  { app, log, subjects, holdMs, now }: DeliveryContext,
  reactor: Reactor,
  reviewId?: string,
): Promise<{ planned: number; parked: number }> {
  const failedReviews: string[] = []
  const parked = app
    .selectFrom('parked')
    .where('consumer', '=', reactor.name)
    .$if(reviewId !== undefined, rows => rows.where('review_id', '=', reviewId!))
  const nextParked = () =>
    parked
      .selectAll()
      .where(
        'review_id',
        'not in',
        sql<string>`(SELECT value FROM json_each(${JSON.stringify(failedReviews)}))`,
      )
      .orderBy('position')
      .executeTakeFirst()
  let planned = 0
  for (let next = await nextParked(); next; next = await nextParked()) {
    const row = { consumer: next.consumer, position: next.position }
    const [event] = await log.read({ after: next.position - 1, limit: 1 })
    try {
      if (event) {
        const subject = await subjectToPlan(subjects, event)
        await planRows({ app, subjects, reactor, holdMs, now }, event, subject)
      }
      await app
        .deleteFrom('parked')
        .where(there => there.and(row))
        .execute()
      planned++
    } catch (error) {
      if (!isUnprocessable(error)) throw error
      failedReviews.push(next.review_id)
      await app
        .updateTable('parked')
        .set({ reason: error.message, at: now() })
        .where(there => there.and(row))
        .execute()
    }
  }
  const left = await parked
    .select(there => there.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return { planned, parked: Number(left.n) }
}
