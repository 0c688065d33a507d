/** Delivery status notifications (RFC 3464): what became of a letter that a server had already taken; pure. */
import { fieldsOf, leavesOf } from './mime'

/** `recipient` as the far side writes it, without its type; `status` is an enhanced code ("5.1.1"). */
export interface Bounce {
  recipient: string
  action: string
  status: string
  diagnostic?: string
}

/** One entry per recipient that the notification names; none when it is no notification. */
export function readBounces(source: string): Bounce[] {
  const report = leavesOf(source).find(({ type }) =>
    /^message\/(?:global-)?delivery-status$/.test(type),
  )
  if (!report) return []
  // Groups of fields are separated by blank lines; the first is about the message, the others each about a recipient.
  return report.text
    .trim()
    .split(/\n[ \t]*\n/)
    .map(fieldsOf)
    .flatMap(field => {
      const status = /\d\.\d{1,3}\.\d{1,3}/.exec(field.get('status') ?? '')?.[0]
      const recipient = typed(field.get('final-recipient') ?? field.get('original-recipient'))
      const diagnostic = typed(field.get('diagnostic-code'))
      return status && recipient
        ? [
            {
              recipient,
              action: (field.get('action') ?? '').toLowerCase(),
              status,
              ...(diagnostic && { diagnostic }),
            },
          ]
        : []
    })
}

/** 5.x.x: never again. 4.x.x: not now. Delivered, relayed and expanded are no bounces, whatever their code. */
export function weightOf({
  action,
  status,
}: Pick<Bounce, 'status'> & { action?: string }): 'hard' | 'soft' | undefined {
  if (action && !['failed', 'delayed'].includes(action)) return undefined
  return status.startsWith('5') ? 'hard' : status.startsWith('4') ? 'soft' : undefined
}

/** "rfc822; reader@example.com" → "reader@example.com". */
const typed = (value?: string) =>
  value
    ?.replace(/^[\w-]+\s*;\s*/, '')
    .replace(/^<|>$/g, '')
    .trim()
