/**
 * Reads delivery status notifications (RFC 3464), which say what became of an email after another
 * server had accepted it.
 */
import PostalMime, { type Attachment, type Email } from 'postal-mime'

/**
 * `recipient` is as the far side writes it, without its type; `status` is an enhanced code
 * ("5.1.1").
 */
export interface Bounce {
  recipient: string
  action: string
  status: string
  diagnostic?: string
}

/**
 * No genuine notification comes near these limits; a hostile one must not keep the process busy.
 */
const LIMITS = { maxNestingDepth: 4, maxHeadersSize: 64 * 1024 }
const MAX_RECIPIENTS = 100
/** The status comes before the returned email, which may be long and does not interest us. */
const FIRST_LINES = /^(?:[^\n]*\n){0,5000}[^\n]*/

/**
 * One entry per recipient that the notification names; none if it is not a notification, or too
 * broken to read.
 */
export async function readBounces(source: string): Promise<Bounce[]> {
  const report = (await parse(FIRST_LINES.exec(source)![0]))?.attachments.find(isDeliveryStatus)
  if (!report) return []
  // Blank lines separate groups of fields; the first is about the message, each of the others about
  // a recipient.
  const groups = String(report.content)
    .trim()
    .split(/\r?\n[ \t]*\r?\n/, MAX_RECIPIENTS + 1)
  const fields = await Promise.all(groups.map(fieldsOf))
  return fields.map(bounceOf).filter(bounce => bounce !== undefined)
}

/**
 * 5.x.x is permanent, 4.x.x temporary. Delivered, relayed and expanded are not bounces, whatever
 * their code.
 */
export function severityOf({
  action,
  status,
}: Pick<Bounce, 'status'> & { action?: string }): 'hard' | 'soft' | undefined {
  if (action && !['failed', 'delayed'].includes(action)) return undefined
  if (status.startsWith('5')) return 'hard'
  return status.startsWith('4') ? 'soft' : undefined
}

const isDeliveryStatus = ({ mimeType }: Attachment) =>
  /^message\/(?:global-)?delivery-status$/.test(mimeType)

/**
 * Undefined if it is too broken to read. An email attached inside is not parsed, because it may be
 * a notification itself.
 */
async function parse(source: string): Promise<Email | undefined> {
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

/**
 * Fields by lower-case name, unfolded; the first of each name counts. A group is written like an
 * email's header.
 */
async function fieldsOf(group: string): Promise<Map<string, string>> {
  const { headers = [] } = (await parse(group)) ?? {}
  return new Map(headers.toReversed().map(({ key, value }) => [key, value.replace(/\s+/g, ' ')]))
}

function bounceOf(field: Map<string, string>): Bounce | undefined {
  const status = /\d\.\d{1,3}\.\d{1,3}/.exec(field.get('status') ?? '')?.[0]
  const recipient = withoutType(field.get('final-recipient') ?? field.get('original-recipient'))
  if (!status || !recipient) return undefined
  const diagnostic = withoutType(field.get('diagnostic-code'))
  const action = (field.get('action') ?? '').toLowerCase()
  return { recipient, action, status, ...(diagnostic && { diagnostic }) }
}

/** "rfc822; reader@example.com" → "reader@example.com". */
const withoutType = (value = '') =>
  value
    .replace(/^[\w-]+\s*;\s*/, '')
    .replace(/^<|>$/g, '')
    .trim()
