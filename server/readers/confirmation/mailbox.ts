/**
 * Counts confirmation emails by mailbox, because `name+1@` and `name+2@` fill the same one, and so do
 * the dots of Gmail.
 */
import type { Transaction } from 'kysely'
import type { AppTables } from '../../db/schema'
import { fingerprint } from '../tokens'

const DAY = 86_400_000
export const EMAILS_A_DAY = 5

/** Domains of one provider, and those that ignore dots before the @. */
const SAME: { [domain: string]: string } = {
  'googlemail.com': 'gmail.com',
  'pm.me': 'proton.me',
  'protonmail.com': 'proton.me',
  'protonmail.ch': 'proton.me',
  'me.com': 'icloud.com',
  'mac.com': 'icloud.com',
  'ya.ru': 'yandex.ru',
  'yandex.com': 'yandex.ru',
}
const IGNORED: { [domain: string]: RegExp } = {
  'gmail.com': /\./g,
  'proton.me': /[._-]/g,
}
/** Where a dash begins the part that anybody may add. */
const DASHED = /^yahoo\.|^ymail\.com$|^rocketmail\.com$/

/** The address that all spellings of a mailbox share. */
export function mailboxOf(email: string): string {
  const at = email.lastIndexOf('@')
  const written = email.slice(at + 1).toLowerCase()
  const domain = SAME[written] ?? written
  const name = email.slice(0, at).toLowerCase()
  const [base = ''] = name.split(DASHED.test(domain) ? /[+-]/ : '+')
  const ignored = IGNORED[domain]
  return `${(ignored ? base.replace(ignored, '') : base) || name}@${domain}`
}

/** False once this mailbox has had its share for today; else counts one more. */
export async function countLetter(
  db: Transaction<AppTables>,
  email: string,
  now: number,
): Promise<boolean> {
  const mailbox = fingerprint(mailboxOf(email))
  const known = await db
    .selectFrom('mailbox_letters')
    .selectAll()
    .where('mailbox', '=', mailbox)
    .executeTakeFirst()
  const today = known && known.since > now - DAY ? known : { letters: 0, since: now }
  if (today.letters >= EMAILS_A_DAY) return false
  const counted = { letters: today.letters + 1, since: today.since }
  await db
    .insertInto('mailbox_letters')
    .values({ mailbox, ...counted })
    .onConflict(before => before.column('mailbox').doUpdateSet(counted))
    .execute()
  return true
}

/** Call this in between: yesterday's counts are of no use. */
export const forgetCounts = (db: Transaction<AppTables>, now: number) =>
  db
    .deleteFrom('mailbox_letters')
    .where('since', '<=', now - DAY)
    .execute()
