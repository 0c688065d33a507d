/**
 * Edits a working copy: lays changes over it and adds the whole text to the revisions, in one
 * transaction.
 */
import type { Kysely } from 'kysely'
import type { Replacement } from '../../../shared/types/desk'
import type { AppTables } from '../../db/schema'
import type { Changes } from './content'
import { refuseErased } from './refuse-erased'
import { addRevision } from './revisions'
import type { WorkingCopy } from './working-copy'

/**
 * `copy` is the copy as it was opened, `streamVersion` the version of the review's events then;
 * `whole` makes the full text for the revision; `reason` says what made the edit, if not typing.
 */
export interface Edit {
  copy: WorkingCopy
  criticId: string
  changes: Changes
  whole: (fields: Changes) => Changes
  streamVersion: number
  now: number
  actor: string
  reason?: Replacement
}

/**
 * Undefined if somebody else has edited the copy since it was opened. Throws a 409 for a review that
 * was erased.
 */
export async function editCopy(
  app: Kysely<AppTables>,
  { copy, criticId, changes, whole, streamVersion, now, actor, reason }: Edit,
): Promise<WorkingCopy | undefined> {
  const { reviewId } = copy
  return app.transaction().execute(async tx => {
    await refuseErased(tx, reviewId)
    const row = await tx
      .selectFrom('working_copies')
      .select(['edits', 'updated_by'])
      .where('review_id', '=', reviewId)
      .executeTakeFirst()
    if ((row?.edits ?? 0) !== copy.edits) return undefined
    const fields: Changes = { ...copy.fields, ...changes }
    const edits = copy.edits + 1
    const values = {
      fields: JSON.stringify(fields),
      edits,
      base: streamVersion,
      updated_at: now,
      updated_by: actor,
    }
    await tx
      .insertInto('working_copies')
      .values({ review_id: reviewId, critic_id: criticId, ...values })
      .onConflict(conflict => conflict.column('review_id').doUpdateSet(values))
      .execute()
    const version = streamVersion + edits
    const before = row &&
      Object.keys(copy.fields).length > 0 && {
        version: version - 1,
        fields: whole(copy.fields),
        at: copy.updatedAt,
        actor: row.updated_by,
      }
    await addRevision(
      tx,
      reviewId,
      { version, fields: whole(fields), at: now, actor },
      { ...(before && { before }), reason },
    )
    return { reviewId, fields, edits, base: streamVersion, updatedAt: now }
  })
}
