/**
 * Everything the email part knows about readers: which of them an event reaches, and what an email
 * to each needs.
 */
import { Temporal } from 'temporal-polyfill'
import type { Wants } from '../../shared/types/wants'
import { appReadOnly, useApp } from '../db/open'
import type { AudienceQuery, Planned } from '../delivery/contract/define-reactor'
import { useViews } from '../queries/views'
import { describeSubscription } from './describe-wants'
import { isDigest, nextDigest } from './digest-times'
import { readersOf } from './plan-audience'
import { tokenFor } from './tokens'
import { type Reason, suppressMailReader as suppressMailReaderIn } from './unsubscribe'
import { namesFor } from './wants-names'

/**
 * A correction does not get its own email: it goes into the next digest of readers who get digests.
 */
export const mailAudience = (query: AudienceQuery): Promise<Planned[]> =>
  readersOf('mail_readers', query, { digestsOnly: query.event.type === 'ReviewCorrected' })

/**
 * `asked` in words ("each thriller that we rate 3 or more, in one email a day at 18:00 (UTC)"),
 * `confirmedAt` in ms. The tokens go into `/subscribe/unsubscribe?token=` and
 * `/subscribe/manage?token=`.
 */
export interface MailReader {
  email: string
  wants: Wants
  asked: string
  confirmedAt: number
  unsubscribeToken: string
  manageToken: string
}

/** Called just before sending; readers who are missing from the result have left. */
export async function loadMailReaders(ids: string[]): Promise<Map<string, MailReader>> {
  const rows = await appReadOnly()
    .selectFrom('mail_readers')
    .select(['id', 'email', 'wants', 'confirmed_at'])
    .where('id', 'in', ids)
    .where('state', '=', 'active')
    .execute()
  const allWants = rows.map(row => JSON.parse(row.wants) as Wants)
  const names = await namesFor(useViews(), allWants)
  return new Map(
    rows.map(({ id, email, confirmed_at }, i) => {
      const wants = allWants[i]!
      return [
        id,
        {
          email,
          wants,
          asked: describeSubscription(wants, names),
          confirmedAt: confirmed_at!,
          unsubscribeToken: tokenFor('unsubscribe', id),
          manageToken: tokenFor('manage-mail', id),
        },
      ]
    }),
  )
}

/** A reader's next digest after `now` (both ms); undefined for a reader who is notified at once. */
export function nextDigestOf(
  { wants }: MailReader,
  now: number,
): { at: number; bundle: string } | undefined {
  if (!isDigest(wants)) return undefined
  const { at, bundle } = nextDigest(wants, Temporal.Instant.fromEpochMilliseconds(now))
  return { at: at.epochMilliseconds, bundle }
}

/** Erases the reader, and no import can bring the address back. */
export const suppressMailReader = async (id: string, reason: Reason) =>
  suppressMailReaderIn(await useApp(), id, reason, Date.now())
