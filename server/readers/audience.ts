/** Who asked to be told: all that the push and the mail reactor know of readers. */
import { useApp, useAppReader } from '../db/open'
import type { AudienceQuery, Planned } from '../delivery/define-reactor'
import { suppressAddress as suppressAddressIn, suppressMailReader as suppressMailReaderIn, type Reason } from './farewell'
import { inWords } from './in-words'
import { countAudienceOf, planAudience, type AudienceOf, type Channel } from './plan-audience'
import { forgetPushReader as forgetPushReaderIn } from './push-readers'
import { tokenFor } from './tokens'

/** A correction reaches who may have been told of the review; the runner keeps those who were. Other events reach nobody. */
export const pushAudience = (query: AudienceQuery): Promise<Planned[]> => plan('push', query)

/** A correction is no letter of its own: it stands in the next digest of who gets digests. */
export const mailAudience = (query: AudienceQuery): Promise<Planned[]> => plan('email', query, query.event.type === 'ReviewCorrected')

async function plan(channel: Channel, { event, ...query }: AudienceQuery, digestsOnly = false): Promise<Planned[]> {
  if (event.type !== 'ReviewPublished' && event.type !== 'ReviewCorrected') return []
  return planAudience(useAppReader(), channel, { ...query, position: event.position, digestsOnly })
}

/** How many would be told of this review if it were published at `now` (ms): at once, and later (in a digest, or after quiet hours). */
export const countAudience = (channel: Channel, review: AudienceOf['review'], now = Date.now()) => countAudienceOf(useAppReader(), channel, review, now)

export interface PushReader { endpoint: string, keys: { p256dh: string, auth: string } }

/** Just before sending; who is missing has left. */
export async function loadPushReaders(ids: string[]): Promise<Map<string, PushReader>> {
  const rows = await useAppReader().selectFrom('push_readers').select(['id', 'endpoint', 'p256dh', 'auth']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, endpoint, ...keys }) => [id, { endpoint, keys }]))
}

/** `asked` in words ("each thriller that we rate 3 or more"), `confirmedAt` in ms. The tokens go into `/subscribe/unsubscribe?token=` and `/subscribe/manage?token=`. */
export interface MailReader { email: string, asked: string, confirmedAt: number, unsubscribeToken: string, manageToken: string }

/** Just before sending; who is missing has left. */
export async function loadMailReaders(ids: string[]): Promise<Map<string, MailReader>> {
  const rows = await useAppReader().selectFrom('mail_readers').select(['id', 'email', 'wants', 'confirmed_at']).where('id', 'in', ids).where('state', '=', 'active').execute()
  return new Map(rows.map(({ id, email, wants, confirmed_at }) => [id, {
    email, asked: inWords(JSON.parse(wants)), confirmedAt: confirmed_at!, unsubscribeToken: tokenFor('unsubscribe', id), manageToken: tokenFor('manage-mail', id),
  }]))
}

/** The push service says that nobody is there any more. With the endpoint that was called, a reader who has a newer one stays. */
export const forgetPushReader = async (id: string, endpoint?: string) => forgetPushReaderIn(await useApp(), id, endpoint)

/** A reader by letter is erased, and no import brings the address back. */
export const suppressMailReader = async (id: string, reason: Reason) => suppressMailReaderIn(await useApp(), id, reason, Date.now())

/** The same for an address, reader or not. */
export const suppressAddress = async (email: string, reason: Reason) => suppressAddressIn(await useApp(), email, reason, Date.now())

/** A mailbox was full or a server away (4.x.x): counted until the reader confirms anew. */
export async function noteSoftBounce(id: string): Promise<void> {
  await (await useApp()).updateTable('mail_readers').set(row => ({ soft_bounces: row('soft_bounces', '+', 1) })).where('id', '=', id).execute()
}
