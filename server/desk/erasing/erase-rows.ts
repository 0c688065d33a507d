/**
 * Deletes what app.sqlite holds of a review's text: working copy, revisions, addresses, words and
 * progress in the ledger, kept emails and answers, and quotations in error messages.
 */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { AppTables } from '../../db/schema'
import { eraseQuotations } from '../../operations/erase-quotations'
import { erasedSlug } from '../../queries/erased-slug'

type Tx = Transaction<AppTables>

/** Can be repeated. `phrases` are pieces of the text. */
export async function eraseRows(app: Kysely<AppTables>, reviewId: string, phrases: string[]) {
  await app.transaction().execute(async tx => {
    const slugs = await slugsOf(tx, reviewId)
    for (const table of ['working_copies', 'revisions', 'discarded', 'movie_addresses'] as const)
      await tx.deleteFrom(table).where('review_id', '=', reviewId).execute()
    for (const slug of slugs) await hideSlug(tx, slug)
    await eraseLedgerWords(tx, reviewId)
    await sql`DELETE FROM idempotency WHERE instr(answer, ${reviewId})`.execute(tx)
    await sql`DELETE FROM desk_emails WHERE instr(link, ${reviewId})`.execute(tx)
    for (const phrase of phrases) await eraseQuotations(tx, phrase)
  })
}

async function slugsOf(tx: Tx, reviewId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('slugs')
    .select('slug')
    .where('review_id', '=', reviewId)
    .where('slug', 'not like', 'erased-%')
    .execute()
  return rows.map(row => row.slug)
}

/** It stays taken, but cannot be read. */
async function hideSlug(tx: Tx, slug: string) {
  await tx
    .updateTable('slugs')
    .set({ slug: erasedSlug(slug) })
    .where('slug', '=', slug)
    .execute()
}

/** A receipt keeps the address of a post, so that a person can still find and delete it. */
async function eraseLedgerWords(tx: Tx, reviewId: string) {
  await sql`
    UPDATE deliveries SET text = NULL, progress = NULL,
      receipt = CASE WHEN json_valid(receipt) THEN json_remove(receipt, '$.said') ELSE receipt END
    WHERE review_id = ${reviewId}`.execute(tx)
}
