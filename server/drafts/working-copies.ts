/** Working copies lie beside the log: only what a critic changed and has not published, with a number that every change raises. */
import type { Kysely } from 'kysely'
import type { AppTables } from '../db/schema'
import type { Changes } from './content'

/** Autosaves of one person within this time are one revision. */
const ONE_REVISION_MS = 60_000

export interface WorkingCopy { reviewId: string, fields: Changes, edits: number, updatedAt: number }

export async function readCopy(app: Kysely<AppTables>, reviewId: string): Promise<WorkingCopy> {
  const row = await app.selectFrom('working_copies').selectAll().where('review_id', '=', reviewId).executeTakeFirst()
  return row ? { reviewId, fields: JSON.parse(row.fields), edits: row.edits, updatedAt: row.updated_at } : { reviewId, fields: {}, edits: 0, updatedAt: 0 }
}

export async function startCopy(app: Kysely<AppTables>, { reviewId, criticId, fields, now, actor }: { reviewId: string, criticId: string, fields: Changes, now: number, actor: string }) {
  await app.insertInto('working_copies').values({ review_id: reviewId, critic_id: criticId, fields: JSON.stringify(fields), edits: 0, updated_at: now, updated_by: actor }).onConflict(c => c.doNothing()).execute()
}

export interface Edit { reviewId: string, criticId: string, changes: Changes, whole: (fields: Changes) => Changes, version: (edits: number) => number, edits: number, now: number, actor: string }

/**
 * Lays changes over the copy and keeps a revision of the whole text. Undefined when the copy is not at `edits` any more: somebody else was quicker.
 */
export async function editCopy(app: Kysely<AppTables>, { reviewId, criticId, changes, whole, version, edits, now, actor }: Edit): Promise<WorkingCopy | undefined> {
  return app.transaction().execute(async (tx) => {
    const row = await tx.selectFrom('working_copies').selectAll().where('review_id', '=', reviewId).executeTakeFirst()
    if ((row?.edits ?? 0) !== edits) return undefined
    const fields: Changes = { ...row ? JSON.parse(row.fields) : {}, ...changes }
    const values = { fields: JSON.stringify(fields), edits: edits + 1, updated_at: now, updated_by: actor }
    if (row) await tx.updateTable('working_copies').set(values).where('review_id', '=', reviewId).execute()
    else await tx.insertInto('working_copies').values({ review_id: reviewId, critic_id: criticId, ...values }).execute()
    const last = await tx.selectFrom('revisions').select(['id', 'at', 'actor']).where('review_id', '=', reviewId).orderBy('id', 'desc').limit(1).executeTakeFirst()
    const revision = { version: version(edits + 1), fields: JSON.stringify(whole(fields)), at: now, actor }
    if (last && last.actor === actor && now - last.at < ONE_REVISION_MS) await tx.updateTable('revisions').set({ ...revision, at: last.at }).where('id', '=', last.id).execute()
    else await tx.insertInto('revisions').values({ review_id: reviewId, ...revision }).execute()
    return { reviewId, fields, edits: edits + 1, updatedAt: now }
  })
}

/** After a publish, fix or correction: what is public now is not pending any more. A copy that moved on meanwhile keeps its newer fields. */
export async function settleCopy(app: Kysely<AppTables>, reviewId: string, stillPending: (fields: Changes) => Changes) {
  await app.transaction().execute(async (tx) => {
    const row = await tx.selectFrom('working_copies').select('fields').where('review_id', '=', reviewId).executeTakeFirst()
    if (row) await tx.updateTable('working_copies').set({ fields: JSON.stringify(stillPending(JSON.parse(row.fields))) }).where('review_id', '=', reviewId).execute()
  })
}

export interface Revision { id: number, version: number, at: string, actor: string, fields: Changes }

export async function revisionsOf(app: Kysely<AppTables>, reviewId: string): Promise<Revision[]> {
  const rows = await app.selectFrom('revisions').selectAll().where('review_id', '=', reviewId).orderBy('id', 'desc').limit(200).execute()
  return rows.map(row => ({ id: row.id, version: row.version, at: new Date(row.at).toISOString(), actor: row.actor, fields: JSON.parse(row.fields) }))
}
