/**
 * Posts a feed, whenever an event has changed it, to each subscriber of our hub until it confirms
 * that it has the newest version.
 */
import { z } from 'zod'
import { PUBLIC_EVENTS } from '../../shared/types/notice'
import {
  countSubscribers,
  loadSubscribers,
  type Subscriber,
  subscribersOf,
} from '../channels/websub/audience'
import { closeConnections, distribute, TIMEOUT_MS } from '../channels/websub/distribute'
import { deliveryHealth } from '../channels/websub/health'
import { Topics } from '../channels/websub/topics'
import {
  defineReactor,
  type Delivery,
  type Receipt,
  Retry,
  Suppressed,
} from '../delivery/contract/define-reactor'

const settings = z.object({
  hub: z
    .enum(['on', 'off'])
    .default('on')
    .describe(
      '`off`: no hub, and no feed names one; whoever subscribed hears nothing until it is `on` again',
    ),
})
type Settings = z.output<typeof settings>

/** Seconds: at once, then after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 10 h, as webhooks. */
const SCHEDULE = [5, 300, 1800, 7200, 18_000, 36_000, 36_000]

export default defineReactor<Subscriber, Topics, Settings>({
  name: 'websub',
  label: 'Feeds (WebSub)',
  unit: 'subscriber',
  settings,
  ready: ({ hub }) => hub === 'on' || 'Switched off',
  audience: subscribersOf,
  countAudience: countSubscribers,
  independentEvents: true,
  serialPerRecipient: true,
  load: loadSubscribers,
  compose: ({ event }) => new Topics(event.position),
  on: Object.fromEntries(PUBLIC_EVENTS.map(type => [type, tell])),
  does: Object.fromEntries(
    PUBLIC_EVENTS.map(type => [type, { reach: 'notified', says: 'Posts the changed feed' }]),
  ),
  render: () => ({ say: 'The feed, as its address answers it.', unit: 'subscribers' }),
  // A subscriber that hangs takes a slot for 15 s; with this many slots the others still get one.
  concurrency: 400,
  perOrigin: 1,
  backoff: SCHEDULE,
  timeout: TIMEOUT_MS + 1000,
  close: async () => {
    await deliveryHealth.flush()
    await closeConnections()
  },
})

/**
 * The content is that of now, so what several events changed is posted once. Its ETag identifies it:
 * a repeat of the same content has the same.
 */
async function tell({
  to,
  message: topics,
  attempt,
  signal,
}: Delivery<Subscriber, Topics, Settings>): Promise<Receipt> {
  const content = await topics.at(to.topic)
  if (!content) throw new Suppressed('there is no such feed any more')
  const { tag } = content
  if (tag === to.delivered) return { tag, already: true }
  const answer = await distribute(to, content, signal)
  deliveryHealth.note(to.id, answer.ok ? { tag } : { gone: answer.gone })
  if (answer.ok) return { status: answer.status, tag }
  const { said, gone, retryAt } = answer
  if (!gone)
    throw new Retry(said, laterThanOurs(retryAt, attempt) ? { at: retryAt, pause: to.id } : {})
  await deliveryHealth.flush()
  throw new Suppressed(`${said} (unsubscribed)`)
}

/**
 * Ignores a Retry-After that is sooner than our schedule: a "Retry-After: 1" would use up all
 * attempts within seconds.
 */
const laterThanOurs = (at: number | undefined, attempt: number) =>
  at !== undefined && at > Date.now() + (SCHEDULE[attempt - 1] ?? 0) * 1000
