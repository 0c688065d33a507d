/** Acts on bounces: a permanent one erases the reader, a temporary one is counted. */
import type { Kysely } from 'kysely'
import { type Bounce, readBounces, severityOf } from '../channels/mail/bounce'
import { verpSecret } from '../channels/mail/mailer'
import { recipientsIn } from '../channels/mail/verp'
import { appReadOnly, useApp } from '../db/open'
import type { AppTables } from '../db/schema'
import { addressPrint } from './mail-readers'
import { suppressAddress, suppressMailReader } from './unsubscribe'

export type Noted = 'suppressed' | 'counted' | 'nothing'

/** Takes a whole notification; undefined if it is not one, or is not about an email of ours. */
export async function takeReport(source: string): Promise<Noted | undefined> {
  const readers = recipientsIn(source, verpSecret())
  const bounces = await readBounces(source)
  return readers.length && bounces.length ? note(readers, bounces) : undefined
}

/**
 * Takes one recipient and its status, as a mail provider's hook sends them. The recipient is the
 * reader's own address or our return address; undefined if the signature in that is not valid.
 */
export async function takeBounce(recipient: string, status: string): Promise<Noted | undefined> {
  if (recipient.startsWith('bounce+')) {
    const readers = recipientsIn(recipient, verpSecret())
    return readers.length ? note(readers, [{ status }]) : undefined
  }
  const reader = await readerAt(recipient)
  if (reader) return note([reader], [{ status }])
  if (severityOf({ status }) !== 'hard') return 'nothing'
  await suppressAddress(await useApp(), recipient, 'bounced', Date.now())
  return 'suppressed'
}

/** Each of our emails has one recipient, so the gravest status is that reader's. */
async function note(
  readers: string[],
  bounces: (Pick<Bounce, 'status'> & { action?: string })[],
): Promise<Noted> {
  const severities = bounces.map(severityOf)
  const app = await useApp()
  if (severities.includes('hard')) {
    for (const reader of readers) await suppressMailReader(app, reader, 'bounced', Date.now())
    return 'suppressed'
  }
  if (!severities.includes('soft')) return 'nothing'
  for (const reader of readers) await countSoftBounce(app, reader)
  return 'counted'
}

/** The id of the reader with this address, confirmed or not. */
async function readerAt(email: string): Promise<string | undefined> {
  const reader = await appReadOnly()
    .selectFrom('mail_readers')
    .select('id')
    .where('email_hash', '=', addressPrint(email))
    .executeTakeFirst()
  return reader?.id
}

/**
 * The mailbox was full or the server unreachable (4.x.x): counted until the reader confirms again.
 */
const countSoftBounce = (app: Kysely<AppTables>, id: string) =>
  app
    .updateTable('mail_readers')
    .set(row => ({ soft_bounces: row('soft_bounces', '+', 1) }))
    .where('id', '=', id)
    .execute()
