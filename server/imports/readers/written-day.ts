/** Finds the day in a time as people and platforms write it, in many languages and orders. */
import { monthNamed } from './month-names'

/** Which of two numbers is the day in `03/04/2024`. */
export type DayOrder = 'day-first' | 'month-first'

/** `rest` is what follows the day. The numbers may name no day of the calendar. */
export interface WrittenDay {
  year: number
  month: number
  day: number
  rest: string
}

const ISO = /^(\d{4})([-/.]) ?(\d\d?)\2 ?(\d\d?)\.?(?!\d)(.*)$/
const COMPACT = /^(\d{4})(\d\d)(\d\d)(?!\d)(.*)$/
const ASIAN = /^(\d{4}) ?[年년] ?(\d\d?) ?[月월] ?(\d\d?) ?[日일](.*)$/
const NUMBERS = /^(\d\d?)([-/.]) ?(\d\d?)\2 ?(\d{4}|\d\d)(?!\d)(.*)$/
const WEEKDAY = /^\p{L}{2,12}\.?,? (?=\d|\p{L}+ \d)/u
const DAY_MONTH =
  /^(\d\d?)(?:st|nd|rd|th|er|[.º])?[ -](?:de )?(\p{L}+)[.,]{0,2}[ -](?:de )?(\d{4}|\d\d)(?!\d)(.*)$/u
const MONTH_DAY = /^(\p{L}+)\.? (\d\d?)(?:st|nd|rd|th)?,? (\d{4})(?!\d)(.*)$/u
/** As `date` prints it: Mar 1 10:00:00 UTC 2024. */
const UNIX = /^(\p{L}+) (\d\d?) ([\d:]+(?: \p{L}+)?) (\d{4})$/u

/** `text` has single spaces. Ambiguous where only `order` could tell. */
export function writtenDay(text: string, order?: DayOrder): WrittenDay | 'ambiguous' | undefined {
  const iso = ISO.exec(text)
  if (iso) return dayOf(iso[1], iso[3], iso[4], iso[5])
  const [, year, month, day, rest] = ASIAN.exec(text) ?? COMPACT.exec(text) ?? []
  if (year) return dayOf(year, month, day, rest)
  return (
    numbersOnly(text, order) ?? withMonthNamed(text) ?? withMonthNamed(text.replace(WEEKDAY, ''))
  )
}

/** The order that the numbers prove: no month is above 12. */
export function orderIn(text: string): DayOrder | 'ambiguous' | undefined {
  const [, a = '', sign, b = ''] = NUMBERS.exec(text.trim()) ?? []
  if (sign !== '/' || a === b) return undefined
  if (Number(a) > 12) return 'day-first'
  return Number(b) > 12 ? 'month-first' : 'ambiguous'
}

function numbersOnly(text: string, order?: DayOrder): WrittenDay | 'ambiguous' | undefined {
  const [, a, sign, b, year, rest] = NUMBERS.exec(text) ?? []
  if (!a) return undefined
  const proven = orderIn(text)
  const found = proven === 'ambiguous' ? order : proven
  if (sign === '/' && proven === 'ambiguous' && !found) return 'ambiguous'
  const isMonthFirst = found === 'month-first' || (sign !== '/' && Number(b) > 12)
  return isMonthFirst ? dayOf(year, a, b, rest) : dayOf(year, b, a, rest)
}

function withMonthNamed(text: string): WrittenDay | undefined {
  const unix = UNIX.exec(text)
  if (unix) return dayOf(unix[4], monthNamed(unix[1]!), unix[2], ` ${unix[3]}`)
  const byDay = DAY_MONTH.exec(text)
  if (byDay) return dayOf(byDay[3], monthNamed(byDay[2]!), byDay[1], byDay[4])
  const byMonth = MONTH_DAY.exec(text)
  return byMonth ? dayOf(byMonth[3], monthNamed(byMonth[1]!), byMonth[2], byMonth[4]) : undefined
}

/** Undefined where the month is a word that names none. */
function dayOf(
  year = '',
  month: string | number | undefined,
  day = '',
  rest = '',
): WrittenDay | undefined {
  if (month === undefined) return undefined
  const century = year.length === 2 ? 2000 : 0
  return { year: Number(year) + century, month: Number(month), day: Number(day), rest }
}
