/**
 * Takes a review out of the outbox: emails about it are dropped, and a digest that is also about others
 * is written anew without it.
 */
import { type Kysely, sql } from 'kysely'
import type { AppTables } from '../../db/schema'
import { mailPart } from '../../delivery/contract/mail-part'
import { writeAgain } from '../../operations/kept-emails'

export async function withoutKeptEmails(
  app: Kysely<AppTables>,
  reviewId: string,
  phrases: string[],
) {
  const ids = [...(await aboutReview(app, reviewId)), ...(await quoting(app, reviewId, phrases))]
  if (!ids.length) return
  await writeAgain({ app, part: mailPart(), now: Date.now() }, ids)
  await app.deleteFrom('outbox').where('id', 'in', ids).execute()
}

/** By the ledger: the Message-ID names the first event and the reader. */
async function aboutReview(app: Kysely<AppTables>, reviewId: string): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    SELECT DISTINCT o.id FROM deliveries d
    JOIN deliveries first ON first.id = d.id OR d.bundle IS NOT NULL
      AND first.reactor = d.reactor AND first.recipient = d.recipient AND first.bundle = d.bundle
    JOIN outbox o ON o.message_id LIKE first.event_id || '.' || first.recipient || '@%'
    WHERE d.review_id = ${reviewId}`.execute(app)
  return rows.map(row => row.id)
}

/** Emails from the desk have no row in the ledger. */
async function quoting(app: Kysely<AppTables>, reviewId: string, phrases: string[]) {
  const rows = await app.selectFrom('outbox').select(['id', 'subject', 'source']).execute()
  return rows
    .filter(({ subject, source }) => {
      const unfolded = subject + source.replaceAll(/=\r?\n/g, '')
      return [reviewId, ...phrases].some(text => unfolded.includes(text))
    })
    .map(row => row.id)
}
