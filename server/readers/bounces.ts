/**
 * Acts on what came of an email: an address that does not exist is erased, a complaint unsubscribes,
 * anything else is counted.
 */
import { verpSecret } from '../channels/mail/mailer'
import { meaningOf, type Refusal } from '../channels/mail/refusal'
import { readReport, type Report } from '../channels/mail/report'
import { isReturnPath, recipientsIn } from '../channels/mail/verp'
import { appReadOnly, useApp } from '../db/open'
import { countBounce } from './bounce-history'
import { addressPrint, currentReader } from './mail-readers'
import { unsubscribersIn } from './tokens'
import { type Reason, suppressAddress, suppressMailReader } from './unsubscribe'

export type Noted = 'suppressed' | 'counted' | 'unsubscribed' | 'nothing'

/**
 * Takes a whole email that came back, as its bytes. The signed return path names the reader, and for a
 * reader who complains or unsubscribes also the email's signed link; undefined if there is neither.
 */
export async function takeReport(bytes: Buffer): Promise<Noted | undefined> {
  const source = bytes.toString('latin1')
  const text = `${source}\n${decoded(source)}`
  const report = await readReport(source)
  const named = recipientsIn(text, verpSecret())
  const isGoodbye = report.kind === 'complaint' || report.kind === 'unsubscribe'
  const readers = named.length || !isGoodbye ? named : unsubscribersIn(text)
  const noted = await Promise.all(readers.map(reader => note(reader, report)))
  return noted[0]
}

/** Long lines are broken on the way (quoted-printable), and "+" is rewritten (RFC 3461). */
const decoded = (source: string) =>
  source
    .replaceAll(/=\r?\n/g, '')
    .replaceAll('=3D', '=')
    .replaceAll(/[+=]2B/gi, '+')

/**
 * Takes one recipient and its status, as a mail provider's hook sends them. The recipient is the
 * reader's own address or our return address; undefined if the signature in that is not valid.
 */
export async function takeBounce(recipient: string, status: string): Promise<Noted | undefined> {
  const refusal: Refusal = { stage: 'report', status, words: '' }
  const report: Report = status.startsWith('2') ? { kind: 'nothing' } : { kind: 'bounce', refusal }
  if (isReturnPath(recipient)) {
    const [reader] = recipientsIn(recipient, verpSecret())
    return reader ? note(reader, report) : undefined
  }
  const reader = await readerAt(recipient)
  if (reader) return note(reader, report)
  if (report.kind === 'nothing' || meaningOf(refusal) !== 'no mailbox') return 'nothing'
  await suppressAddress(await useApp(), recipient, 'bounced', Date.now())
  return 'suppressed'
}

/** Counts an email that the mail server did not take. */
export async function countRefusal(id: string, refusal: Refusal): Promise<void> {
  const bounced = { at: Date.now(), isBare: isBare(refusal), wasTaken: false }
  await countBounce(await useApp(), id, bounced)
}

async function note(id: string, report: Report): Promise<Noted> {
  if (report.kind === 'nothing') return 'nothing'
  if (report.kind !== 'bounce') {
    await suppress(id, report.kind === 'complaint' ? 'complained' : 'unsubscribed')
    return 'unsubscribed'
  }
  const { refusal } = report
  if (meaningOf(refusal) === 'no mailbox') {
    await suppress(id, 'bounced')
    return 'suppressed'
  }
  const app = await useApp()
  const reader = (await currentReader(app, id)) ?? id
  return countBounce(app, reader, { at: Date.now(), isBare: isBare(refusal), wasTaken: true })
}

const suppress = async (id: string, reason: Reason) =>
  suppressMailReader(await useApp(), id, reason, Date.now())

/** "550", "551" or "553" without a word that says whether the address is meant. */
const isBare = (refusal: Refusal) =>
  meaningOf(refusal) === 'unclear' &&
  (refusal.stage === 'recipient' || refusal.stage === 'report') &&
  [550, 551, 553].includes(refusal.code ?? 0) &&
  (!refusal.status || refusal.status === '5.0.0')

/** The id of the reader with this address, confirmed or not. */
async function readerAt(email: string): Promise<string | undefined> {
  const reader = await appReadOnly()
    .selectFrom('mail_readers')
    .select('id')
    .where('email_hash', '=', addressPrint(email))
    .executeTakeFirst()
  return reader?.id
}
