/**
 * Refuses a text for an erased review: a page that was still open would bring back what was erased.
 */
import type { Transaction } from 'kysely'
import type { AppTables } from '../../db/schema'
import { Problem } from '../../http/problem'

/** Asked in the transaction that writes, because an erasure may begin at any moment. Throws a 409. */
export async function refuseErased(tx: Transaction<AppTables>, reviewId: string) {
  const erased = await tx
    .selectFrom('erasures')
    .select('review_id')
    .where('review_id', '=', reviewId)
    .executeTakeFirst()
  if (erased)
    throw new Problem(
      409,
      'The review is in the wrong state',
      'The text of this review was erased.',
    )
}
