/**
 * Calls each partner's webhook with the notices it asked for, signed and in the shape it asked for,
 * until it confirms that it has them.
 */
import { PUBLIC_EVENTS } from '../../shared/types/notice'
import { loadWebhooks, type Webhook, webhookAudience } from '../channels/webhooks/audience'
import { type Bodies, bodyFor } from '../channels/webhooks/body'
import { callWebhook, TIMEOUT_MS } from '../channels/webhooks/call'
import { webhookHealth } from '../channels/webhooks/health'
import {
  defineReactor,
  type Delivery,
  type Receipt,
  Retry,
  Suppressed,
} from '../delivery/contract/define-reactor'

/**
 * Seconds. The schedule that Standard Webhooks suggests: at once, then after 5 s, 5 min, 30 min, 2
 * h, 5 h, 10 h, 10 h.
 */
const SCHEDULE = [5, 300, 1800, 7200, 18_000, 36_000, 36_000]

export default defineReactor<Webhook, Bodies>({
  name: 'webhooks',
  label: 'Webhooks',
  unit: 'webhook',
  audience: webhookAudience,
  independentEvents: true,
  serialPerRecipient: true,
  load: loadWebhooks,
  compose: () => new Map(),
  on: Object.fromEntries(PUBLIC_EVENTS.map(type => [type, tell])),
  render: () => ({
    say: 'A signed event, with the payload that each asked for.',
    unit: 'webhooks',
  }),
  // A webhook that hangs takes a slot for 15 s; with this many slots the others still get one.
  concurrency: 400,
  perOrigin: 1,
  backoff: SCHEDULE,
  timeout: TIMEOUT_MS + 1000,
  close: () => webhookHealth.flush(),
})

/**
 * The event's id identifies the notice at every attempt, so that the far side can drop a repeat.
 */
async function tell({
  event,
  review,
  archived,
  to,
  message,
  attempt,
  signal,
}: Delivery<Webhook, Bodies>): Promise<Receipt> {
  const answer = await callWebhook(
    to,
    { id: event.id, body: await bodyFor(to, { event, review, archived }, message) },
    signal,
  )
  webhookHealth.note(to.id, answer)
  const { ok, status, ms, said = '', gone, retryAt } = answer
  if (ok) return { status, ms }
  if (!gone)
    throw new Retry(said, laterThanOurs(retryAt, attempt) ? { at: retryAt, pause: to.id } : {})
  await webhookHealth.flush()
  throw new Suppressed(`${said} (switched off)`)
}

/**
 * Ignores a Retry-After that is sooner than our schedule: a "Retry-After: 1" would use up all
 * attempts within seconds.
 */
const laterThanOurs = (at: number | undefined, attempt: number) =>
  at !== undefined && at > Date.now() + (SCHEDULE[attempt - 1] ?? 0) * 1000
