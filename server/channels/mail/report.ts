/**
 * Reads an email that came back to one of our return addresses: a report that an email did not arrive
 * (RFC 3464, or in a server's own words), a complaint (RFC 5965), or a request to unsubscribe.
 */
import PostalMime, { type Attachment, type Email } from 'postal-mime'
import { refusalIn, type StatusGroup } from './delivery-status'
import type { Refusal } from './refusal'
import { ABSENCE } from './refusal-phrases'
import { isFailure, refusalInWords, speaksOfEmail } from './refusal-words'
import { reportText } from './report-text'

/** A `bounce` is what the far side said of the reader's address. */
export type Report =
  { kind: 'bounce'; refusal: Refusal } | { kind: 'complaint' | 'unsubscribe' | 'nothing' }

/** No genuine report comes near these limits; a hostile one must not keep the process busy. */
const LIMITS = { maxNestingDepth: 4, maxHeadersSize: 64 * 1024 }
const MAX_RECIPIENTS = 100
/** What matters comes before the returned email, which may be long and does not interest us. */
const FIRST_LINES = /^(?:[^\n]*\n){0,5000}[^\n]*/

const DELIVERY_STATUS = /^message\/(?:global-)?delivery-status$/
const COMPLAINT = /^message\/feedback-report$/

/** `source` as it came, one character a byte. Whatever cannot be read is a bounce that says nothing. */
export async function readReport(source: string): Promise<Report> {
  const email = await parse(Buffer.from(FIRST_LINES.exec(source)![0], 'latin1'))
  if (!email) return { kind: 'bounce', refusal: refusalInWords('') }
  const [complaint] = await groupsOf(email, COMPLAINT)
  if (complaint) return { kind: kindOf(complaint) }
  if (isInformalComplaint(email)) return { kind: 'complaint' }
  const text = reportText(email)
  const status = refusalIn(await groupsOf(email, DELIVERY_STATUS), text)
  if (status)
    return status === 'arrived' ? { kind: 'nothing' } : { kind: 'bounce', refusal: status }
  if (isRequestToUnsubscribe(email)) return { kind: 'unsubscribe' }
  if (isAutomaticReply(email, text)) return { kind: 'nothing' }
  // What a person writes or quotes about an address is no mail server's word.
  return { kind: 'bounce', refusal: refusalInWords(isFromMailSystem(email) ? text : '') }
}

/**
 * Undefined if it is too broken to read. An email attached inside is not parsed, because it may be a
 * report itself.
 */
async function parse(source: string | Buffer): Promise<Email | undefined> {
  try {
    return await PostalMime.parse(source, {
      ...LIMITS,
      forceRfc822Attachments: true,
      attachmentEncoding: 'utf8',
    })
  } catch {
    return undefined
  }
}

/** Blank lines separate groups of fields, each written like an email's header. */
async function groupsOf({ attachments }: Email, type: RegExp): Promise<StatusGroup[]> {
  const part = attachments.find(({ mimeType }: Attachment) => type.test(mimeType))
  if (!part) return []
  const groups = String(part.content)
    .trim()
    .split(/\r?\n[ \t]*\r?\n/, MAX_RECIPIENTS + 1)
  return Promise.all(groups.map(fieldsOf))
}

/** Fields by lower-case name, unfolded; the first of each name counts. */
async function fieldsOf(group: string): Promise<StatusGroup> {
  const { headers = [] } = (await parse(group)) ?? {}
  return new Map(headers.toReversed().map(({ key, value }) => [key, value.replace(/\s+/g, ' ')]))
}

/**
 * RFC 6430 has a type for taking a complaint back, RFC 6591 one for failed signatures; some providers
 * pass on under `opt-out` that somebody pressed "Unsubscribe".
 */
function kindOf(fields: StatusGroup): 'complaint' | 'unsubscribe' | 'nothing' {
  const type = fields.get('feedback-type') ?? ''
  if (/^(?:not-spam|auth-failure|dmarc)$/i.test(type)) return 'nothing'
  return /^opt-out(?:-list)?$/i.test(type) ? 'unsubscribe' : 'complaint'
}

/** Microsoft sends the email itself under this subject; others leave the fields of RFC 5965 out. */
const isInformalComplaint = ({ subject = '', headers }: Email) =>
  /^complaint about message from\b/i.test(subject) ||
  headers.some(({ key, value }) => key === 'content-type' && /\bfeedback-report\b/i.test(value))

/** What a mail program sends for the mailto address in List-Unsubscribe. */
const isRequestToUnsubscribe = ({ subject = '' }: Email) => /^\s*unsubscribe\s*$/i.test(subject)

/**
 * By its sender or its fields, or by its subject or empty return path unless it answers ours: people
 * and their notices of absence do that.
 */
function isFromMailSystem(email: Email): boolean {
  const { from, subject = '', headers } = email
  const isMarked = headers.some(
    ({ key, value }) =>
      key === 'x-failed-recipients' || (key === 'content-type' && /multipart\/report/i.test(value)),
  )
  if (isMarked || MAIL_SYSTEM.test(`${from?.name ?? ''} <${from?.address ?? ''}>`)) return true
  return !isAnswer(email) && (RETURNED.test(subject) || hasEmptyReturnPath(email))
}

const isAnswer = ({ subject = '', headers }: Email) =>
  /^\s*(?:re|aw|antw|sv|vs|odp|rif|ynt)(?:\[\d+\])?\s*:/i.test(subject) ||
  ABSENCE.test(subject) ||
  headers.some(({ key }) => key === 'in-reply-to')

const hasEmptyReturnPath = ({ headers }: Email) =>
  headers.some(({ key, value }) => key === 'return-path' && /^<?>?$/.test(value.trim()))

const MAIL_SYSTEM =
  /daemon|post-?master|mail(?:er)?[ _-]?(?:delivery|system|subsystem|agent|administrator|server|gateway|robot)|system administrator|deliver(?:y|er)|bounce|<>|mailadmin|mmdf|root@/i
const RETURNED =
  /undeliver|deliver(?:y|able|ed)|return(?:ed|ing)[\s\S]*(?:mail|message|sender)|failure notice|(?:mail|message)[\s\S]*(?:fail|error|problem|rejected)|unzustellbar|not delivered|unknown (?:user|recipient|address)/i

/**
 * By its marks, which mail servers put on bounces too, but those say what failed; or by its words, if
 * they say nothing of an address or an email.
 */
function isAutomaticReply({ headers, subject = '' }: Email, text: string): boolean {
  const words = `${subject}\n${text}`
  if (ABSENCE.test(subject) || ABSENCE.test(text.slice(0, GREETING))) return !speaksOfEmail(words)
  const marks = headers.filter(({ key }) =>
    /^(?:auto-submitted|x-auto-?reply|x-autorespond|x-autoresponder)$/.test(key),
  )
  return marks.some(({ value }) => !/^no$|auto-generated/i.test(value)) && !isFailure(words)
}

/** Where people say that they are away. */
const GREETING = 500
