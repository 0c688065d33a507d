/** Adds imported readers by email, unless their address has unsubscribed or bounced here. */
import { randomUUIDv7 } from 'node:crypto'
import type { Transaction } from 'kysely'
import type { AppTables } from '../../db/schema'
import { addressPrint } from '../../readers/mail-readers'
import type { Reason } from '../../readers/unsubscribe'
import { wantsColumns } from '../../readers/wants'
import type { Candidate, Skipped } from './candidates'
import { firstOfEach } from './first-of-each'

type Db = Transaction<AppTables>
type ByMail = Extract<Candidate, { email: string }>

/**
 * `head` is the log's: an imported reader gets what comes after it. `now` in ms. A dry run has a
 * `preview` of what the lines before would have done to an address, and writes nothing.
 */
export interface Joining {
  head: number
  now: number
  preview?: Map<string, Reason | 'here'>
}

const LEFT: Record<Reason, string> = {
  unsubscribed: 'unsubscribed here',
  bounced: 'emails to it bounced',
  erased: 'asked to be erased here',
  left: 'had left before the export',
  unconfirmed: 'had never confirmed before the export',
  complained: 'reported an email of ours as spam',
}

export async function keepMail(
  db: Db,
  batch: ByMail[],
  { head, now, preview }: Joining,
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
  for (const print of prints) {
    const before = preview?.get(print)
    if (before === 'here') here.add(print)
    else if (before) left.set(print, before)
  }
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
      confirmed_at: confirmedAt,
      position: head,
    })
  }
  if (preview) {
    for (const { email_hash } of rows) preview.set(email_hash, 'here')
    return skipped
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
