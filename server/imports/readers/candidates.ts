/** Turns a record of an import into a reader to add or to mark as gone, or into the reason why not. */
import { z } from 'zod'
import { mailAddress } from '../../../shared/schemas/mail-address'
import { wantsSchema } from '../../../shared/schemas/wants'
import type { Wants } from '../../../shared/types/wants'
import { brokenTexts } from '../../http/broken-texts'
import { inPlainWords, pathsOf } from '../../http/validation-messages'
import { type PushSubscription, pushSubscription } from '../../readers/push-subscription'
import { type Column, columnsOf, emailIn } from './columns'
import { consentIn } from './consent'
import { departureOf } from './departure'
import type { FileHabits } from './file-habits'
import { readTime } from './read-time'
import type { FileRecord } from './records'
import type { Departure } from './status-words'
import type { DayOrder } from './written-day'

export type Candidate =
  | { line: number; email: string; wants: Wants; confirmedAt: number }
  | { line: number; subscription: PushSubscription; wants: Wants }
/** Somebody whom no list may bring back. */
export interface Departed {
  line: number
  departed: string
  reason: string
  remember: Departure
}
export interface Skipped {
  line: number
  reason: string
}

/** `mayCall` says why an endpoint may not be called; `now` in ms. */
export function candidateReader(mayCall: (url: string) => string | undefined, now: number) {
  const wants = wantsSchema.default({})
  const push = z.object({ subscription: pushSubscription(mayCall), wants })
  const mailOf = (order?: DayOrder) =>
    z.object({ email: mailAddress, wants, confirmedAt: consentBefore(now, order) })
  const mail = new Map(
    [undefined, 'day-first', 'month-first'].map(order => [order, mailOf(order as DayOrder)]),
  )

  return (record: FileRecord, { dayOrder }: FileHabits = {}): Candidate | Departed | Skipped => {
    const { line } = record
    if ('wrong' in record) return { line, reason: `the line ${record.wrong}` }
    const isPush = isObject(record.value) && 'subscription' in record.value
    const columns = isObject(record.value) && !isPush ? columnsOf(record.value) : []
    const gone = goneBy(columns, line)
    if (gone) return gone
    const value = columns.length ? known(record.value as object, columns) : record.value
    const result = (isPush ? push : mail.get(dayOrder)!).safeParse(value, { error: inPlainWords })
    const broken = brokenTexts(value)
    if (result.success && !broken.length) return { line, ...result.data }
    const { path, message } = [...pathsOf(result.error?.issues ?? []), ...broken][0]!
    const note = record.note ? ` (${record.note})` : ''
    return { line, reason: `${path || 'the line'} ${message}${note}` }
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function goneBy(columns: Column[], line: number): Departed | Skipped | undefined {
  const gone = departureOf(columns)
  if (!gone) return undefined
  const { reason, remember } = gone
  const { data: departed } = mailAddress.safeParse(emailIn(columns))
  return departed && remember ? { line, departed, reason, remember } : { line, reason }
}

/** Under our own names, whatever the platform calls them. */
const known = (record: object, columns: Column[]) => ({
  ...record,
  email: emailIn(columns),
  confirmedAt: consentIn(columns),
})

/** As ms since the epoch. Without it, there is no proof of consent. */
const consentBefore = (now: number, order?: DayOrder) =>
  z
    .string({
      error: issue =>
        issue.input === undefined
          ? 'is missing: nobody gets email without the day of their consent'
          : undefined,
    })
    .transform((text, context) => {
      const at = readTime(text, order)
      if (typeof at === 'number' && at <= now) return at
      context.addIssue(typeof at === 'number' ? 'is in the future' : at.wrong)
      return z.NEVER
    })
