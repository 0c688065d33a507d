/**
 * Stores working copies beside the log: only what a critic has changed and not published, with a
 * number that every edit raises.
 */
import type { Kysely } from 'kysely'
import type { AppTables } from '../../db/schema'
import type { Recorded } from '../../log/event-log'
import type { Changes } from './content'
import { pendingChanges } from './pending-changes'

/** `base` is the version of the review's events that `fields` already takes into account. */
export interface WorkingCopy {
  reviewId: string
  fields: Changes
  edits: number
  base: number
  updatedAt: number
}

/** An empty copy if nothing was ever edited. */
export async function readCopy(app: Kysely<AppTables>, reviewId: string): Promise<WorkingCopy> {
  const row = await app
    .selectFrom('working_copies')
    .selectAll()
    .where('review_id', '=', reviewId)
    .executeTakeFirst()
  if (!row) return { reviewId, fields: {}, edits: 0, base: 0, updatedAt: 0 }
  return {
    reviewId,
    fields: JSON.parse(row.fields),
    edits: row.edits,
    base: row.base,
    updatedAt: row.updated_at,
  }
}

/** `now` in ms. */
export interface NewCopy {
  reviewId: string
  criticId: string
  fields: Changes
  now: number
  actor: string
}

/** Does nothing if the review already has a copy. */
export async function startCopy(app: Kysely<AppTables>, copy: NewCopy) {
  await app
    .insertInto('working_copies')
    .values({
      review_id: copy.reviewId,
      critic_id: copy.criticId,
      fields: JSON.stringify(copy.fields),
      edits: 0,
      updated_at: copy.now,
      updated_by: copy.actor,
    })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

/**
 * Stores what these events leave pending. A copy that was edited meanwhile is left for the next
 * person who opens it.
 */
export async function resetCopy(app: Kysely<AppTables>, copy: WorkingCopy, events: Recorded[]) {
  const fields = pendingChanges(copy.fields, copy.base, events)
  await app
    .updateTable('working_copies')
    .set({ fields: JSON.stringify(fields), base: events.at(-1)!.version })
    .where('review_id', '=', copy.reviewId)
    .where('edits', '=', copy.edits)
    .where('base', '=', copy.base)
    .execute()
}
