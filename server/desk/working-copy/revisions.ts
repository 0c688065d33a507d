/**
 * Keeps the states of a working copy's whole text, so that nothing anybody typed is lost: what one
 * person types within a minute is one revision, and whatever is replaced stays one of its own.
 */
import type { Kysely, Selectable, Transaction } from 'kysely'
import { canonical } from '../../../shared/canonical'
import type { Replacement } from '../../../shared/types/desk'
import type { AppTables } from '../../db/schema'
import type { Changes } from './content'
import { losesWords } from './lost-words'
import { refuseErased } from './refuse-erased'

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
  reason?: Replacement
}

/** Newest first. */
export async function revisionsOf(app: Kysely<AppTables>, reviewId: string): Promise<Revision[]> {
  const rows = await newest(app, reviewId, MOST_LISTED)
  return rows.map(({ id, version, at, actor, fields, reason }) => ({
    id,
    version,
    at: new Date(at).toISOString(),
    actor,
    fields: JSON.parse(fields),
    ...(reason !== null && { reason: reason as Replacement }),
  }))
}

/** `at` in ms. */
export interface NewRevision {
  version: number
  fields: Changes
  at: number
  actor: string
  reason?: Replacement
}

/**
 * Adds a text to the revisions. `before` is the text that it replaces, unless that is what is
 * published; `reason` says why, if it was not typed.
 */
export async function addRevision(
  tx: Transaction<AppTables>,
  reviewId: string,
  added: NewRevision,
  { before, reason }: { before?: NewRevision; reason?: Replacement } = {},
) {
  let [last, earlier] = await newest(tx, reviewId, 2)
  if (before && !(last && isSame(last, before))) {
    earlier = last
    last = await insert(tx, reviewId, before)
  }
  const replaced = last && (reason ?? (takesAway(last, earlier, added) ? 'paste' : undefined))
  if (last && replaced && !isSame(last, added))
    await tx
      .updateTable('revisions')
      .set({ reason: replaced })
      .where('id', '=', last.id)
      .where('reason', 'is', null)
      .execute()
  if (!last || replaced || !isTypedOn(last, added)) {
    await insert(tx, reviewId, added)
    return
  }
  const { at: _, fields, ...others } = added
  await tx
    .updateTable('revisions')
    .set({ ...others, fields: JSON.stringify(fields) })
    .where('id', '=', last.id)
    .execute()
}

/** Adds a text that the working copy never had: one person's side of a merge. */
export const keepRevision = (app: Kysely<AppTables>, reviewId: string, kept: NewRevision) =>
  app.transaction().execute(async tx => {
    await refuseErased(tx, reviewId)
    return insert(tx, reviewId, { ...kept, reason: 'merge' })
  })

type Row = Selectable<AppTables['revisions']>

const newest = (app: Kysely<AppTables>, reviewId: string, most: number): Promise<Row[]> =>
  app
    .selectFrom('revisions')
    .selectAll()
    .where('review_id', '=', reviewId)
    .orderBy('id', 'desc')
    .limit(most)
    .execute()

const insert = (
  tx: Transaction<AppTables>,
  reviewId: string,
  { fields, ...others }: NewRevision,
): Promise<Row> =>
  tx
    .insertInto('revisions')
    .values({ review_id: reviewId, fields: JSON.stringify(fields), ...others })
    .returningAll()
    .executeTakeFirstOrThrow()

const isSame = (row: Row, { fields }: NewRevision) =>
  canonical(JSON.parse(row.fields)) === canonical(fields)

const takesAway = (last: Row, earlier: Row | undefined, { fields }: NewRevision) =>
  losesWords(JSON.parse(last.fields), fields, earlier && JSON.parse(earlier.fields))

/** An event in between, such as Publish, raises the version once more. */
const isTypedOn = (last: Row, { actor, at, version }: NewRevision) =>
  last.reason === null &&
  last.actor === actor &&
  at - last.at < ONE_REVISION_MS &&
  version === last.version + 1
