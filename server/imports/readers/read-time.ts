/** Reads a day or a time as other platforms write it; UTC where no zone is given. */
import { timeOfDay } from './time-of-day'
import { type DayOrder, writtenDay } from './written-day'

const UNREADABLE = {
  wrong: 'must be a day or a time such as 2026-03-01 or 2026-03-01T18:00:00Z',
}
/** Zeros in a database are read as a year long before any list. */
const FIRST_YEAR = 1990
const LONGEST = 100

/** Milliseconds since the epoch, or what is wrong, to complete "confirmedAt …". */
export function readTime(written: string, order?: DayOrder): number | { wrong: string } {
  const text = written.trim().replace(/\s+/g, ' ').slice(0, LONGEST)
  if (/^\d{10}(?:\.\d+)?$/.test(text)) return Math.floor(Number(text) * 1000)
  if (/^\d{13}$/.test(text)) return Number(text)
  const found = writtenDay(text, order)
  if (found === 'ambiguous') return { wrong: 'may mean two days: write it as 2026-03-01' }
  if (!found || found.year < FIRST_YEAR) return UNREADABLE
  const { year, month, day, rest } = found
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
  if (month < 1 || month > 12 || day < 1 || day > last)
    return { wrong: 'is not a day of the calendar' }
  const time = timeOfDay(rest)
  return time === undefined ? UNREADABLE : Date.UTC(year, month - 1, day) + time
}
