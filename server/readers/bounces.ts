/** A bounce becomes what we do about it: a final one erases the reader, one for now is counted. */
import { type Bounce, readBounces, severityOf } from '../channels/mail/bounce'
import { verpSecret } from '../channels/mail/mailer'
import { recipientsIn } from '../channels/mail/verp'
import { mailReaderAt, noteSoftBounce, suppressAddress, suppressMailReader } from './audience'

export type Noted = 'suppressed' | 'counted' | 'nothing'

/** A whole notification; undefined when it is none, or answers no letter of ours. */
export async function takeReport(source: string): Promise<Noted | undefined> {
  const readers = recipientsIn(source, verpSecret())
  const bounces = await readBounces(source)
  return readers.length && bounces.length ? note(readers, bounces) : undefined
}

/** One recipient and its status, as a mail provider's hook sends it. The recipient is our return address, whose signature must hold (else undefined), or the reader's own. */
export async function takeBounce(recipient: string, status: string): Promise<Noted | undefined> {
  if (recipient.startsWith('bounce+')) {
    const readers = recipientsIn(recipient, verpSecret())
    return readers.length ? note(readers, [{ status }]) : undefined
  }
  const reader = await mailReaderAt(recipient)
  if (reader) return note([reader], [{ status }])
  if (severityOf({ status }) !== 'hard') return 'nothing'
  await suppressAddress(recipient, 'bounced')
  return 'suppressed'
}

/** A letter of ours has one recipient, so the gravest status is that reader's. */
async function note(
  readers: string[],
  bounces: (Pick<Bounce, 'status'> & { action?: string })[],
): Promise<Noted> {
  const severities = bounces.map(severityOf)
  if (severities.includes('hard')) {
    for (const reader of readers) await suppressMailReader(reader, 'bounced')
    return 'suppressed'
  }
  if (!severities.includes('soft')) return 'nothing'
  for (const reader of readers) await noteSoftBounce(reader)
  return 'counted'
}
