/** Delivery status notifications (RFC 3464): what became of a letter that a server had already taken; pure. */

/** `recipient` as the far side writes it, without its type; `status` is an enhanced code ("5.1.1"). */
export interface Bounce { recipient: string, action: string, status: string, diagnostic?: string }

/** One entry per recipient that the notification names; none when it is no notification. */
export function readBounces(source: string): Bounce[] {
  const report = deliveryStatus(source.replace(/\r?\n/g, '\n'))
  if (report === undefined) return []
  // Groups of fields are separated by blank lines; the first is about the message, the others each about a recipient.
  return report.trim().split(/\n\s*\n/).map(fields).flatMap((field) => {
    const status = /\d\.\d{1,3}\.\d{1,3}/.exec(field.get('status') ?? '')?.[0], recipient = typed(field.get('final-recipient') ?? field.get('original-recipient'))
    const diagnostic = typed(field.get('diagnostic-code'))
    return status && recipient ? [{ recipient, action: (field.get('action') ?? '').toLowerCase(), status, ...diagnostic && { diagnostic } }] : []
  })
}

/** 5.x.x: never again. 4.x.x: not now. Delivered, relayed and expanded are no bounces, whatever their code. */
export function weightOf({ action, status }: Pick<Bounce, 'status'> & { action?: string }): 'hard' | 'soft' | undefined {
  if (action && !['failed', 'delayed'].includes(action)) return undefined
  return status.startsWith('5') ? 'hard' : status.startsWith('4') ? 'soft' : undefined
}

/** The decoded body of the message/delivery-status part, at most a few multiparts deep. */
function deliveryStatus(source: string, depth = 0): string | undefined {
  const [head, body] = split(source), field = fields(head), type = field.get('content-type') ?? ''
  if (/^message\/(?:global-)?delivery-status\b/i.test(type)) return decode(body, field.get('content-transfer-encoding'))
  const boundary = /^multipart\/.*\bboundary="?([^";\n]{1,70})"?/is.exec(type)?.[1]
  if (!boundary || depth > 3) return undefined
  const [, ...parts] = `\n${body}`.split(`\n--${boundary}`)
  for (const part of parts) {
    const found = part.startsWith('--') ? undefined : deliveryStatus(part.replace(/^[ \t]*\n/, ''), depth + 1)
    if (found !== undefined) return found
  }
}

const split = (part: string): [string, string] => {
  const blank = part.startsWith('\n') ? 0 : part.indexOf('\n\n')
  return blank < 0 ? [part, ''] : [part.slice(0, blank), part.slice(blank).replace(/^\n+/, '')]
}

/** Header fields by lower-case name, unfolded; the first of a name counts. */
function fields(block: string): Map<string, string> {
  const lines = block.replace(/\n[ \t]+/g, ' ').split('\n').map(line => /^([\w-]+):(.*)$/.exec(line)).filter(line => line !== null)
  return new Map(lines.toReversed().map(([, name, value]) => [name!.toLowerCase(), value!.trim()]))
}

/** "rfc822; reader@example.com" → "reader@example.com". */
const typed = (value?: string) => value?.replace(/^[\w-]+\s*;\s*/, '').replace(/^<|>$/g, '').trim()

function decode(body: string, encoding = '7bit'): string {
  if (/base64/i.test(encoding)) return Buffer.from(body, 'base64').toString().replace(/\r\n/g, '\n')
  return /quoted-printable/i.test(encoding) ? body.replace(/=\n/g, '').replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : body
}
