/** Keeps every state of a working copy's whole text, so that nothing anybody typed is lost. */
import type { Kysely, Transaction } from 'kysely'
import type { AppTables } from '../../db/schema'
import type { Changes } from './content'

/** Autosaves by one person within this time make one revision. */
const ONE_REVISION_MS = 60_000

/** How many of the newest revisions are listed; older ones stay in the table. */
const MOST_LISTED = 200

export interface Revision {
  id: number
  version: number
  at: string
  actor: string
  fields: Changes
}

/** Newest first. */
export async function revisionsOf(app: Kysely<AppTables>, reviewId: string): Promise<Revision[]> {
  const rows = await app
    .selectFrom('revisions')
    .selectAll()
    .where('review_id', '=', reviewId)
    .orderBy('id', 'desc')
    .limit(MOST_LISTED)
    .execute()
  return rows.map(({ id, version, at, actor, fields }) => ({
    id,
    version,
    at: new Date(at).toISOString(),
    actor,
    fields: JSON.parse(fields),
  }))
}

export interface NewRevision {
  version: number
  fields: Changes
  now: number
  actor: string
}

/** Replaces the newest revision if the same person is still typing. */
export async function addRevision(
  tx: Transaction<AppTables>,
  reviewId: string,
  { version, fields, now, actor }: NewRevision,
) {
  const last = await tx
    .selectFrom('revisions')
    .select(['id', 'at', 'actor'])
    .where('review_id', '=', reviewId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  const revision = { version, fields: JSON.stringify(fields), actor }
  if (last && last.actor === actor && now - last.at < ONE_REVISION_MS)
    await tx.updateTable('revisions').set(revision).where('id', '=', last.id).execute()
  else
    await tx
      .insertInto('revisions')
      .values({ review_id: reviewId, ...revision, at: now })
      .execute()
}
