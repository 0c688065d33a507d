/**
 * Reads what a subscriber asks of the hub (WebSub, 5.1): a form with a callback, a topic, and how
 * long and with which secret.
 */
import { z } from 'zod'
import { settings } from '../../config/settings'
import { feedAddress, readFeedAddress } from '../../feeds/feed-address'
import { Problem, refuse } from '../../http/problem'
import { fit } from '../../http/read-input'
import { checkTarget } from '../../outbound/client'
import { latest } from '../../queries/latest'
import type { Views } from '../../queries/tables'
import { grantedLease } from './lease'
import { verificationUrl } from './verification-url'

export interface HubRequest {
  mode: 'subscribe' | 'unsubscribe'
  /** The canonical address of the feed; `askedTopic` is what the subscriber wrote, which it gets back. */
  topic: string
  askedTopic: string
  callback: string
  secret?: string
  leaseSeconds: number
}

/** A secret has fewer (WebSub, 5.1). */
const SECRET_BYTES = 200

const once = z.string('must be given once')
/** Libraries send what they have no value for as an empty text. */
const optional = once.transform(text => text || undefined).optional()

/** The mode alone, because a publisher sends other fields. */
export const hubMode = z.object({
  'hub.mode': z.enum(['subscribe', 'unsubscribe', 'publish'], 'must be subscribe or unsubscribe'),
})

const form = z.object({
  'hub.mode': z.enum(['subscribe', 'unsubscribe']),
  'hub.callback': once.superRefine((callback, context) => {
    const why = URL.parse(callback)?.hash ? 'has a fragment' : checkTarget('websub', callback)
    if (why) context.addIssue(why)
  }),
  'hub.topic': once,
  'hub.lease_seconds': optional.refine(
    seconds => seconds === undefined || /^0*[1-9]\d*$/.test(seconds),
    'must be a number of seconds above 0',
  ),
  'hub.secret': optional.refine(
    secret => secret === undefined || Buffer.byteLength(secret) < SECRET_BYTES,
    `must have fewer than ${SECRET_BYTES} bytes`,
  ),
})

/** Throws a 422 that names the field. */
export async function readHubRequest(views: Views, sent: unknown): Promise<HubRequest> {
  const {
    'hub.mode': mode,
    'hub.callback': written,
    'hub.topic': askedTopic,
    'hub.lease_seconds': seconds,
    'hub.secret': secret,
  } = await fit(form, sent)
  const request = {
    mode,
    topic: await readTopic(views, askedTopic),
    askedTopic,
    callback: new URL(written).href,
    leaseSeconds: grantedLease(seconds),
    ...(secret && { secret }),
  }
  if (checkTarget('websub', verificationUrl(request, ''))) refuse('hub.callback', 'is too long')
  return request
}

/** The address that the feed calls its own. */
async function readTopic(views: Views, written: string): Promise<string> {
  const { siteUrl } = settings()
  try {
    const feed = await readFeedAddress(siteUrl, written)
    if (!feed) refuse('hub.topic', `must be the address of a feed of ${siteUrl}`)
    if (feed.query.after) refuse('hub.topic', 'must be the first page of a feed')
    await latest(views, siteUrl, { ...feed.query, limit: 1 })
    return feedAddress(siteUrl, feed)
  } catch (error) {
    if (!(error instanceof Problem) || error.errors?.[0]?.path === 'hub.topic') throw error
    return refuse('hub.topic', `is no feed here: ${error.detail}`)
  }
}
