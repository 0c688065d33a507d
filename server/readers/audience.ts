/** Who asked to be told: all that the push and the mail reactor know of readers. */
import { Temporal } from 'temporal-polyfill'
import type { Wants } from '../../shared/types/wants'
import { appReadOnly, useApp } from '../db/open'
import type { AudienceQuery, Planned } from '../delivery/contract/define-reactor'
import { useViews } from '../queries/views'
import { describeWants, howOften } from './describe-wants'
import { nextDigest } from './digest-times'
import { addressPrint } from './mail-readers'
import { type AudienceOf, type Channel, countAudienceOf, planAudience } from './plan-audience'
import { forgetPushReader as forgetPushReaderIn } from './push-readers'
import { tokenFor } from './tokens'
import {
  type Reason,
  suppressAddress as suppressAddressIn,
  suppressMailReader as suppressMailReaderIn,
} from './unsubscribe'
import { type Names, namesFor } from './wants-names'

/** A correction reaches who may have been told of the review; the runner keeps those who were. Other events reach nobody. */
export const pushAudience = (query: AudienceQuery): Promise<Planned[]> => plan('push', query)

/** A correction is no letter of its own: it stands in the next digest of who gets digests. */
export const mailAudience = (query: AudienceQuery): Promise<Planned[]> =>
  plan('email', query, query.event.type === 'ReviewCorrected')

async function plan(
  channel: Channel,
  { event, ...query }: AudienceQuery,
  digestsOnly = false,
): Promise<Planned[]> {
  if (event.type !== 'ReviewPublished' && event.type !== 'ReviewCorrected') return []
  return planAudience(appReadOnly(), channel, { ...query, position: event.position, digestsOnly })
}

/** How many would be told of this review if it were published at `now` (ms): at once, and later (in a digest, or after quiet hours). */
export const countAudience = (channel: Channel, review: AudienceOf['review'], now = Date.now()) =>
  countAudienceOf(appReadOnly(), channel, review, now)

export interface PushReader {
  endpoint: string
  keys: { p256dh: string; auth: string }
}

/** Just before sending; who is missing has left. */
export async function loadPushReaders(ids: string[]): Promise<Map<string, PushReader>> {
  const rows = await appReadOnly()
    .selectFrom('push_readers')
    .select(['id', 'endpoint', 'p256dh', 'auth'])
    .where('id', 'in', ids)
    .execute()
  return new Map(rows.map(({ id, endpoint, ...keys }) => [id, { endpoint, keys }]))
}

/** `asked` in words ("each thriller that we rate 3 or more, in one letter a day at 18:00 (UTC)"), `confirmedAt` in ms. The tokens go into `/subscribe/unsubscribe?token=` and `/subscribe/manage?token=`. */
export interface MailReader {
  email: string
  wants: Wants
  asked: string
  confirmedAt: number
  unsubscribeToken: string
  manageToken: string
}

/** Just before sending; who is missing has left. */
export async function loadMailReaders(ids: string[]): Promise<Map<string, MailReader>> {
  const rows = await appReadOnly()
    .selectFrom('mail_readers')
    .select(['id', 'email', 'wants', 'confirmed_at'])
    .where('id', 'in', ids)
    .where('state', '=', 'active')
    .execute()
  const wishes = rows.map(row => JSON.parse(row.wants) as Wants)
  const names = await namesFor(useViews(), wishes)
  return new Map(
    rows.map(({ id, email, confirmed_at }, i) => {
      const wants = wishes[i]!
      return [
        id,
        {
          email,
          wants,
          asked: wish(wants, names),
          confirmedAt: confirmed_at!,
          unsubscribeToken: tokenFor('unsubscribe', id),
          manageToken: tokenFor('manage-mail', id),
        },
      ]
    }),
  )
}

const wish = (wants: Wants, names: Names) =>
  isDigest(wants)
    ? `${describeWants(wants, names)}, ${howOften(wants)}`
    : describeWants(wants, names)
const isDigest = ({ frequency }: Wants) => frequency !== undefined && frequency !== 'instant'

/** The next digest after `now` (both ms) of who gets digests; undefined for who is told at once. */
export function nextDigestOf(
  { wants }: MailReader,
  now: number,
): { at: number; bundle: string } | undefined {
  if (!isDigest(wants)) return undefined
  const { at, bundle } = nextDigest(wants, Temporal.Instant.fromEpochMilliseconds(now))
  return { at: at.epochMilliseconds, bundle }
}

/** Who waits for a confirmation letter: `asked` in words, `token` for `/subscribe/confirm?token=`. Undefined when it was answered, or the address erased. */
export async function loadAsking(
  id: string,
): Promise<{ email: string; asked: string; token: string } | undefined> {
  const row = await appReadOnly()
    .selectFrom('mail_readers')
    .select(['email', 'asked', 'asked_at'])
    .where('id', '=', id)
    .where('asked', 'is not', null)
    .executeTakeFirst()
  if (!row) return undefined
  const wants = JSON.parse(row.asked!) as Wants
  return {
    email: row.email,
    asked: wish(wants, await namesFor(useViews(), [wants])),
    token: tokenFor('confirm', `${id}.${row.asked_at}`),
  }
}

/** The push service says that nobody is there any more. With the endpoint that was called, a reader who has a newer one stays. */
export const forgetPushReader = async (id: string, endpoint?: string) =>
  forgetPushReaderIn(await useApp(), id, endpoint)

/** A reader by letter is erased, and no import brings the address back. */
export const suppressMailReader = async (id: string, reason: Reason) =>
  suppressMailReaderIn(await useApp(), id, reason, Date.now())

/** The same for an address, reader or not. */
export const suppressAddress = async (email: string, reason: Reason) =>
  suppressAddressIn(await useApp(), email, reason, Date.now())

/** The reader whom an address belongs to, confirmed or not. */
export async function mailReaderAt(email: string): Promise<string | undefined> {
  return (
    await appReadOnly()
      .selectFrom('mail_readers')
      .select('id')
      .where('email_hash', '=', addressPrint(email))
      .executeTakeFirst()
  )?.id
}

/** A mailbox was full or a server away (4.x.x): counted until the reader confirms anew. */
export async function noteSoftBounce(id: string): Promise<void> {
  await (
    await useApp()
  )
    .updateTable('mail_readers')
    .set(row => ({ soft_bounces: row('soft_bounces', '+', 1) }))
    .where('id', '=', id)
    .execute()
}
