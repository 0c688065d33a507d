/** Judges by the columns of an export whether its people may still be written to. */
import type { Column } from './columns'
import {
  type Departure,
  isNo,
  isNothing,
  isYes,
  readPlainDeparture,
  readStatus,
} from './status-words'

/** `remember` is missing where we do not know what the status means: then nobody is marked for good. */
export interface NotHere {
  reason: string
  remember?: Departure
}

const REASONS: Record<Departure, string> = {
  left: 'had left before the export',
  bounced: 'emails to it bounced before the export',
  unconfirmed: 'had never confirmed before the export',
}

/** Undefined for somebody whom nothing in the line rules out. */
export function departureOf(columns: Column[]): NotHere | undefined {
  let unknown: NotHere | undefined
  for (const column of columns) {
    const said = saidBy(column)
    if (said === 'unknown')
      unknown ??= {
        reason: `has a status that we do not know: ${column.name} is ${quoted(column.text)}`,
      }
    else if (said) return { reason: REASONS[said], remember: said }
  }
  return unknown
}

function saidBy({ text, role }: Column): Departure | 'unknown' | undefined {
  if (isNothing(text)) return undefined
  switch (role.is) {
    case 'status':
      return isNo(text) ? 'left' : leaving(readStatus(text) ?? 'unknown')
    case 'perhaps':
      return leaving(readStatus(text))
    case 'member':
      return isNo(text) ? role.unless : leaving(readStatus(text))
    case 'departure':
      return isDeparture(text) ? role.departure : undefined
    case 'other':
      return leaving(readPlainDeparture(text))
    default:
      return undefined
  }
}

const leaving = <Said>(said: Said | 'active') => (said === 'active' ? undefined : said)

/** In a column such as `unsubscribed`: yes, a time or a reason, but no count, link, soft bounce or "subscribed". */
function isDeparture(text: string): boolean {
  if (isNo(text) || /^https?:|^soft/i.test(text)) return false
  if (/^\d+$/.test(text)) return Number(text) === 1 || Number(text) > 100_000_000
  return isYes(text) || readStatus(text) !== 'active'
}

const quoted = (text: string) => `“${text.slice(0, 40)}”`
