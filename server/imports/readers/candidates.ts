/** Turns a record of an import into a reader to add, or into the reason why not. */
import { z } from 'zod'
import { mailAddress } from '../../../shared/schemas/mail-address'
import { wantsSchema } from '../../../shared/schemas/wants'
import type { Wants } from '../../../shared/types/wants'
import { brokenTexts } from '../../http/broken-texts'
import { inPlainWords, pathsOf } from '../../http/validation-messages'
import { type PushSubscription, pushSubscription } from '../../readers/push-subscription'
import type { FileRecord } from './records'

export type Candidate =
  | { line: number; email: string; wants: Wants; confirmedAt: number }
  | { line: number; subscription: PushSubscription; wants: Wants }
export interface Skipped {
  line: number
  reason: string
}

/** `mayCall` says why an endpoint may not be called; `now` in ms. */
export function candidateReader(mayCall: (url: string) => string | undefined, now: number) {
  const confirmedAt = consentBefore(now)
  const mail = z.object({ email: mailAddress, wants: wantsSchema.default({}), confirmedAt })
  const push = z.object({ subscription: pushSubscription(mayCall), wants: wantsSchema.default({}) })
  return (record: FileRecord): Candidate | Skipped => {
    if ('wrong' in record) return { line: record.line, reason: `the line ${record.wrong}` }
    const value = known(record.value)
    const isPush = typeof value === 'object' && value !== null && 'subscription' in value
    const result = (isPush ? push : mail).safeParse(value, { error: inPlainWords })
    const broken = brokenTexts(value)
    if (hasLeft(value)) return { line: record.line, reason: 'had left before the export' }
    if (result.success && !broken.length) return { line: record.line, ...result.data }
    const { path, message } = [...pathsOf(result.error?.issues ?? []), ...broken][0]!
    return { line: record.line, reason: `${path || 'the line'} ${message}` }
  }
}

/**
 * What other platforms call an address and the day of its confirmation, most reliable name first.
 */
const COLUMNS = {
  email: ['email', 'email_address', 'e_mail', 'subscriber_email'],
  confirmedAt: [
    'confirmedAt',
    'confirmed_at',
    'confirm_time',
    'subscribed_at',
    'optin_time',
    'created_at',
  ],
}

function known(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const record = value as { [name: string]: unknown }
  const first = (names: string[]) =>
    names.map(name => record[name]).find(found => found !== undefined && found !== '')
  return { ...record, email: first(COLUMNS.email), confirmedAt: first(COLUMNS.confirmedAt) }
}

/** Exports also list people who unsubscribed there, each in its own way. */
function hasLeft(value: unknown): boolean {
  const {
    subscribed_to_emails: subscribed,
    unsubscribed_at: left,
    deleted_at: deleted,
  } = Object(value) as Partial<{ [name: string]: string }>
  return Boolean(left || deleted) || /^(?:false|no|0)$/i.test(subscribed ?? '')
}

/**
 * A day or a time (UTC if no zone is given) as ms since the epoch. Without one, there is no proof
 * of consent.
 */
const consentBefore = (now: number) =>
  z
    .string({
      error: issue =>
        issue.input === undefined
          ? 'is missing: nobody gets email without the day of their consent'
          : undefined,
    })
    .transform((text, context) => {
      const time =
        /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|UTC|[+-]\d\d:?\d\d)?)?$/.exec(
          text.trim(),
        )
      const at = time
        ? Date.parse(
            `${time[1]}T${time[2] ?? '00:00'}${!time[3] || time[3] === 'UTC' ? 'Z' : time[3]}`,
          )
        : Number.NaN
      if (at <= now) return at
      context.addIssue(
        Number.isNaN(at)
          ? 'must be a day or a time such as 2026-03-01 or 2026-03-01T18:00:00Z'
          : 'is in the future',
      )
      return z.NEVER
    })
