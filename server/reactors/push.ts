/**
 * Sends a short notification to the browser of each reader who asked for it; a correction silently
 * replaces it, and readers of digests get one for several reviews.
 */
import { authorization } from '../channels/push/identity'
import { OriginSessions, STREAMS } from '../channels/push/origin-session'
import { ofCorrection, ofReview, ofSeveral } from '../channels/push/payload'
import { RefusalTracker } from '../channels/push/refusal-tracker'
import { Sealer } from '../channels/push/sealer'
import { type Message, prepare, sendMessage } from '../channels/push/send-message'
import { defineReactor, type Delivery, Suppressed } from '../delivery/contract/define-reactor'
import { outbound } from '../outbound/client'
import {
  countPushAudience,
  loadPushReaders,
  losePushReader,
  pushAudience,
  type PushReader,
} from '../readers/push-audience'
import { NO_LONGER_WANTED, stillWants } from '../readers/wants'

const sessions = new OriginSessions({ agent: (...options) => outbound().agent(...options) })
const sealer = new Sealer()
const refusals = new RefusalTracker()

export default defineReactor<PushReader, Message>({
  name: 'push',
  label: 'Push',
  audience: pushAudience,
  load: loadPushReaders,
  compose: ({ event, review }) =>
    event.type === 'ReviewCorrected'
      ? prepare(ofCorrection(review, event.data.note), 'low')
      : prepare(ofReview(review)),
  on: {
    ReviewPublished: delivery => send(delivery, wordingFor(delivery)),
    ReviewCorrected: delivery => send(delivery, delivery.message),
  },
  does: {
    ReviewCorrected: {
      reach: 'updated quietly',
      says: 'Replaces the notification without a sound',
    },
  },
  async render(review) {
    const { title, body } = ofReview(review)
    const { now, later } = await countPushAudience(review)
    return { subject: title, say: body, count: now, later, unit: 'readers' }
  },
  concurrency: 2 * STREAMS,
  perOrigin: STREAMS,
  // The last waits add up to the two days that a message stays valid.
  backoff: [1, 4, 15, 60, 300, 1800, 7200, ...Array.from({ length: 9 }, () => 18_000)],
  close: async () => {
    await Promise.all([sessions.close(), sealer.close()])
  },
})

async function send(
  { recipient, to, attempt, signal }: Delivery<PushReader, Message>,
  message: Message,
): Promise<undefined> {
  await sendMessage(
    to,
    message,
    { attempt, signal },
    {
      sessions,
      sealer,
      refusals,
      authorization,
      forget: endpoint => losePushReader(recipient, endpoint),
      now: Date.now,
    },
  )
}

/**
 * The shared message, unless this reader gets several reviews at once or the critic chose other
 * words.
 */
function wordingFor(delivery: Delivery<PushReader, Message>): Message {
  const { message, bundle, review, text, to } = delivery
  const visible = bundle.filter(item => !item.archived).map(item => item.review)
  if (bundle.length > 1 && !visible.length) throw new Suppressed('all of them were archived')
  const reviews = visible.filter(item => stillWants(to, item))
  if (visible.length && !reviews.length) throw new Suppressed(NO_LONGER_WANTED)
  if (reviews.length > 1) return prepare(ofSeveral(reviews, `several ${bundle[0]!.event.id}`))
  if (reviews.length === 1 && reviews[0]!.id !== review.id) return prepare(ofReview(reviews[0]!))
  return text ? prepare(ofReview(review, text)) : message
}
