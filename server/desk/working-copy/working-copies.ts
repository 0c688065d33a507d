/** Working copies lie beside the log: only what a critic changed and has not published, with a number that every change raises. */
import type { Kysely } from 'kysely'
import type { AppTables } from '../../db/schema'
import type { Recorded } from '../../log/event-log'
import type { Changes } from './content'
import { pendingChanges } from './pending-changes'

/** Autosaves of one person within this time are one revision. */
const ONE_REVISION_MS = 60_000

/** `base` is the version of the review up to which `fields` lacks what is published. */
export interface WorkingCopy {
  reviewId: string
  fields: Changes
  edits: number
  base: number
  updatedAt: number
}

export async function readCopy(app: Kysely<AppTables>, reviewId: string): Promise<WorkingCopy> {
  const row = await app
    .selectFrom('working_copies')
    .selectAll()
    .where('review_id', '=', reviewId)
    .executeTakeFirst()
  return row
    ? {
        reviewId,
        fields: JSON.parse(row.fields),
        edits: row.edits,
        base: row.base,
        updatedAt: row.updated_at,
      }
    : { reviewId, fields: {}, edits: 0, base: 0, updatedAt: 0 }
}

export async function startCopy(
  app: Kysely<AppTables>,
  {
    reviewId,
    criticId,
    fields,
    now,
    actor,
  }: { reviewId: string; criticId: string; fields: Changes; now: number; actor: string },
) {
  await app
    .insertInto('working_copies')
    .values({
      review_id: reviewId,
      critic_id: criticId,
      fields: JSON.stringify(fields),
      edits: 0,
      updated_at: now,
      updated_by: actor,
    })
    .onConflict(c => c.doNothing())
    .execute()
}

/** `copy` is the copy as it was opened, `version` that of the review's facts then. */
export interface Edit {
  copy: WorkingCopy
  criticId: string
  changes: Changes
  whole: (fields: Changes) => Changes
  version: number
  now: number
  actor: string
}

/**
 * Lays changes over the copy and keeps a revision of the whole text. Undefined when the copy is not as it was opened any more: somebody else was quicker.
 */
export async function editCopy(
  app: Kysely<AppTables>,
  {
    copy: { reviewId, edits, fields: before },
    criticId,
    changes,
    whole,
    version,
    now,
    actor,
  }: Edit,
): Promise<WorkingCopy | undefined> {
  return app.transaction().execute(async tx => {
    const row = await tx
      .selectFrom('working_copies')
      .select('edits')
      .where('review_id', '=', reviewId)
      .executeTakeFirst()
    if ((row?.edits ?? 0) !== edits) return undefined
    const fields: Changes = { ...before, ...changes }
    const values = {
      fields: JSON.stringify(fields),
      edits: edits + 1,
      base: version,
      updated_at: now,
      updated_by: actor,
    }
    if (row)
      await tx.updateTable('working_copies').set(values).where('review_id', '=', reviewId).execute()
    else
      await tx
        .insertInto('working_copies')
        .values({ review_id: reviewId, critic_id: criticId, ...values })
        .execute()
    const last = await tx
      .selectFrom('revisions')
      .select(['id', 'at', 'actor'])
      .where('review_id', '=', reviewId)
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst()
    const revision = {
      version: version + edits + 1,
      fields: JSON.stringify(whole(fields)),
      at: now,
      actor,
    }
    if (last && last.actor === actor && now - last.at < ONE_REVISION_MS)
      await tx
        .updateTable('revisions')
        .set({ ...revision, at: last.at })
        .where('id', '=', last.id)
        .execute()
    else
      await tx
        .insertInto('revisions')
        .values({ review_id: reviewId, ...revision })
        .execute()
    return { reviewId, fields, edits: edits + 1, base: version, updatedAt: now }
  })
}

/** Writes down what these facts leave pending. A copy that moved on meanwhile is left to its next reader. */
export async function resetCopy(
  app: Kysely<AppTables>,
  { reviewId, fields, edits, base }: WorkingCopy,
  facts: Recorded[],
) {
  const now = {
    fields: JSON.stringify(pendingChanges(fields, base, facts)),
    base: facts.at(-1)!.version,
  }
  await app
    .updateTable('working_copies')
    .set(now)
    .where('review_id', '=', reviewId)
    .where('edits', '=', edits)
    .where('base', '=', base)
    .execute()
}

export interface Revision {
  id: number
  version: number
  at: string
  actor: string
  fields: Changes
}

export async function revisionsOf(app: Kysely<AppTables>, reviewId: string): Promise<Revision[]> {
  const rows = await app
    .selectFrom('revisions')
    .selectAll()
    .where('review_id', '=', reviewId)
    .orderBy('id', 'desc')
    .limit(200)
    .execute()
  return rows.map(row => ({
    id: row.id,
    version: row.version,
    at: new Date(row.at).toISOString(),
    actor: row.actor,
    fields: JSON.parse(row.fields),
  }))
}
