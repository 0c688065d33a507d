/**
 * Discards and restores drafts. Nobody outside the desk ever heard of them, so this is kept beside
 * the log and can be undone.
 */
import type { Kysely } from 'kysely'
import type { AppTables } from '../../db/schema'
import { Problem } from '../../http/problem'
import type { OpenReview } from './open-review'

/** Throws a 409 for a review that is scheduled or was ever published. */
export async function discardDraft(
  app: Kysely<AppTables>,
  { id, state }: OpenReview,
  { actor, now }: { actor: string; now: number },
) {
  if (state.status !== 'draft')
    throw new Problem(
      409,
      'The review is in the wrong state',
      state.status === 'scheduled'
        ? 'It is scheduled. Cancel that first.'
        : 'Only a draft can be discarded. A published review can be archived.',
    )
  await app
    .insertInto('discarded')
    .values({ review_id: id, at: now, actor })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

export const restoreDraft = (app: Kysely<AppTables>, id: string) =>
  app.deleteFrom('discarded').where('review_id', '=', id).execute()

/** When it was discarded (ISO), if it was. */
export async function discardedAt(app: Kysely<AppTables>, id: string): Promise<string | undefined> {
  const row = await app
    .selectFrom('discarded')
    .select('at')
    .where('review_id', '=', id)
    .executeTakeFirst()
  return row && new Date(row.at).toISOString()
}

export const allDiscarded = async (app: Kysely<AppTables>): Promise<Set<string>> =>
  new Set(
    (await app.selectFrom('discarded').select('review_id').execute()).map(row => row.review_id),
  )
