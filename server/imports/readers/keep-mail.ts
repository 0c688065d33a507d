/** Adds imported readers by email, unless their address has unsubscribed or bounced here. */
import { randomUUIDv7 } from 'node:crypto'
import type { Transaction } from 'kysely'
import type { AppTables } from '../../db/schema'
import { addressPrint } from '../../readers/mail-readers'
import { wantsColumns } from '../../readers/wants'
import type { Candidate, Skipped } from './candidates'
import { firstOfEach } from './first-of-each'

type Db = Transaction<AppTables>
type ByMail = Extract<Candidate, { email: string }>

/** `head` is the log's: an imported reader gets what comes after it. `now` in ms. */
export interface Joining {
  head: number
  now: number
}

const LEFT = {
  unsubscribed: 'unsubscribed here',
  bounced: 'emails to it bounced',
  erased: 'asked to be erased here',
  complained: 'reported an email of ours as spam',
}

export async function keepMail(
  db: Db,
  batch: ByMail[],
  { head, now }: Joining,
): Promise<Skipped[]> {
  const { first, skipped } = firstOfEach(batch, ({ email }) => addressPrint(email))
  const prints = [...first.keys()]
  if (!prints.length) return skipped
  const left = new Map(
    (await db.selectFrom('suppressions').selectAll().where('hash', 'in', prints).execute()).map(
      ({ hash, reason }) => [hash, reason],
    ),
  )
  const here = new Set(
    (
      await db
        .selectFrom('mail_readers')
        .select('email_hash')
        .where('email_hash', 'in', prints)
        .where('state', '!=', 'unconfirmed')
        .execute()
    ).map(row => row.email_hash),
  )
  const rows: AppTables['mail_readers'][] = []
  for (const [email_hash, { line, email, wants, confirmedAt }] of first) {
    if (left.has(email_hash)) {
      skipped.push({ line, reason: LEFT[left.get(email_hash)!] })
      continue
    }
    if (here.has(email_hash)) {
      skipped.push({ line, reason: 'is already a reader' })
      continue
    }
    rows.push({
      id: randomUUIDv7(),
      email,
      email_hash,
      state: 'active',
      ...wantsColumns(wants),
      asked: null,
      asked_at: now,
      letters: 0,
      letters_since: 0,
      confirmed_at: confirmedAt,
      position: head,
      soft_bounces: 0,
    })
  }
  // For a reader who subscribed here but has not confirmed yet, the imported consent counts.
  if (rows.length)
    await db
      .insertInto('mail_readers')
      .values(rows)
      .onConflict(known =>
        known.column('email_hash').doUpdateSet(({ ref }) => ({
          state: 'active',
          asked: null,
          wants: ref('excluded.wants'),
          frequency: ref('excluded.frequency'),
          min_rating: ref('excluded.min_rating'),
          confirmed_at: ref('excluded.confirmed_at'),
          position: ref('excluded.position'),
        })),
      )
      .execute()
  return skipped
}
