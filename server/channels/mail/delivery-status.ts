/** Reads the fields of a delivery status notification (RFC 3464). */
import type { Refusal } from './refusal'
import { codesWithin, enhancedIn, isGeneric } from './refusal-codes'
import { refusalInWords, weighWords } from './refusal-words'

/** A group of fields by lower-case name. The first is about the email, each other about a recipient. */
export type StatusGroup = Map<string, string>

/**
 * What the notification says of the reader, who is the only recipient of the email. An address that
 * stands for several people is at fault only if it reached nobody. Undefined if there are no fields.
 */
export function refusalIn(groups: StatusGroup[], text: string): Refusal | 'arrived' | undefined {
  const recipients = groups.filter(isAboutRecipient).map(group => refusalOf(group, text))
  if (!recipients.length) return undefined
  const failed = recipients.filter(refusal => refusal !== 'arrived')
  if (!failed.length) return 'arrived'
  const isPartial = failed.length < recipients.length
  const mildest = failed.toSorted((a, b) => weight(a) - weight(b))[0]!
  return isPartial ? { ...mildest, status: '4.0.0' } : mildest
}

const isAboutRecipient = (group: StatusGroup) =>
  ['action', 'status', 'final-recipient', 'original-recipient'].some(name => group.has(name))

function refusalOf(group: StatusGroup, text: string): Refusal | 'arrived' {
  const action = /^[a-z]+/i.exec(group.get('action') ?? '')?.[0].toLowerCase()
  if (action && ['delivered', 'relayed', 'expanded'].includes(action)) return 'arrived'
  const written = group.get('status') ?? ''
  const said = withoutType(group.get('diagnostic-code'))
  if (/^\s*2\./.test(written) && !action) return 'arrived'
  const status = specific(enhancedIn(said)) ?? enhancedIn(written) ?? enhancedIn(said)
  if (action === 'delayed') return { stage: 'report', status: '4.0.0', words: said }
  const fields = `${written} ${said}`.trim()
  if (isGeneric(status) && !hasWords(said)) {
    const inText = refusalInWords(`${fields}\n${text}`)
    return { ...inText, status: inText.status ?? status }
  }
  return weighWords({ stage: 'report', ...codesWithin(said), status, words: fields })
}

const specific = (status: string | undefined) => (isGeneric(status) ? undefined : status)

/** "550" alone, or a place in another system, explains nothing. */
const hasWords = (diagnostic: string) => /\p{L}{4}.*\p{L}{4}/u.test(diagnostic)

/** Temporary before unclear before permanent. */
function weight({ status = '' }: Refusal): number {
  if (status.startsWith('4')) return 0
  return isGeneric(status) ? 1 : 2
}

/** "smtp; 550 5.1.1 no such user" → "550 5.1.1 no such user". */
const withoutType = (value = '') => value.replace(/^[\w-]+\s*;\s*/, '').trim()
