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
  const status = readStatus(text)
  switch (role.is) {
    case 'status':
      if (isNo(text)) return 'left'
      return status === 'active' ? undefined : (status ?? 'unknown')
    case 'perhaps':
      return status === 'active' ? undefined : status
    case 'member':
      if (isNo(text)) return role.unless
      return status === 'active' ? undefined : status
    case 'departure':
      return isDeparture(text, status) ? role.departure : undefined
    default:
      return departureIn(text)
  }
}

const departureIn = (text: string) => {
  const said = readPlainDeparture(text)
  return said === 'active' ? undefined : said
}

/** In a column such as `unsubscribed`: yes, a time or a reason, but no count, link or "subscribed". */
function isDeparture(text: string, status: ReturnType<typeof readStatus>): boolean {
  if (isNo(text) || /^https?:/i.test(text)) return false
  if (/^\d+$/.test(text)) return Number(text) === 1 || Number(text) > 100_000_000
  return status !== 'active' || isYes(text)
}

const quoted = (text: string) => `“${text.slice(0, 40)}”`
