/**
 * Sends each review by email, at once or in the digest that the reader chose. A correction goes
 * into the next digest and never gets its own email.
 */
import { composeDigest } from '../channels/mail/compose-digest'
import { digestOf } from '../channels/mail/digest'
import { reviewLetter } from '../channels/mail/letter'
import { bounceAddressFor, closeMailer, unsubscribeAddressFor } from '../channels/mail/mailer'
import { address, compose, type Composed, UnfitAddress } from '../channels/mail/message'
import { fill } from '../channels/mail/placeholders'
import { exampleFilling, fillingFor } from '../channels/mail/recipient-lines'
import { NotSent, sendMail } from '../channels/mail/send-mail'
import { sender } from '../channels/mail/sender'
import { CONNECTIONS } from '../channels/mail/transport'
import {
  defineReactor,
  type Delivery,
  Postponed,
  type Receipt,
  Retry,
  Stopped,
  Suppressed,
} from '../delivery/contract/define-reactor'
import { isRefusalBelievable } from '../readers/believe-refusal'
import { countRefusal } from '../readers/bounces'
import {
  loadMailReaders,
  mailAudience,
  type MailReader,
  nextDigestOf,
  suppressMailReader,
} from '../readers/mail-audience'
import { NO_LONGER_WANTED, stillWants } from '../readers/wants'

type EmailDelivery = Delivery<MailReader, Composed>

export default defineReactor<MailReader, Composed>({
  name: 'email',
  label: 'Email',
  medium: 'mail',
  audience: mailAudience,
  load: loadMailReaders,
  compose: ({ review }) => compose(reviewLetter(review), sender()),
  on: { ReviewPublished: send, ReviewCorrected: send },
  does: {
    ReviewCorrected: {
      reach: 'updated quietly',
      says: 'No email is sent for corrections; the next digest mentions it',
    },
  },
  render: review => {
    const letter = reviewLetter(review)
    return {
      subject: letter.subject,
      say: `Subject: ${letter.subject}`,
      html: fill(letter.html, exampleFilling(review.publishedAt)),
    }
  },
  concurrency: 2 * CONNECTIONS,
  perOrigin: CONNECTIONS,
  close: async () => closeMailer(),
})

async function send(delivery: EmailDelivery): Promise<Receipt | undefined> {
  const { recipient, to, attempt, signal } = delivery
  try {
    const filling = fillingFor(
      { ...to, timeZone: to.wants.timeZone },
      sender().site,
      delivery.bundle.length > 1 ? Date.now() : delivery.review.publishedAt,
    )
    const email = address(await contentOf(delivery), {
      ...envelopeOf(delivery),
      filling,
      email: to.email,
      at: Date.now(),
    })
    return await sendMail(email, { attempt, now: Date.now(), signal })
  } catch (error) {
    if (error instanceof UnfitAddress) {
      await suppressMailReader(recipient, 'bounced')
      throw new Suppressed(error.message)
    }
    if (!(error instanceof NotSent)) throw error
    const outcome = await weigh(error.outcome, delivery)
    await noteFailure({ ...error, outcome }, recipient, attempt)
    throw outcome
  }
}

/** A reader is not erased on the word of a server that says the same of everybody. */
async function weigh(outcome: NotSent['outcome'], { recipient, to, event }: EmailDelivery) {
  const refused = { reader: { id: recipient, email: to.email }, event: event.id, now: Date.now() }
  return outcome instanceof Suppressed && !(await isRefusalBelievable(refused))
    ? new Retry(outcome.message)
    : outcome
}

/** What is about us is not held against the reader; one email counts once, however often it is tried. */
async function noteFailure({ outcome, refusal }: NotSent, recipient: string, attempt: number) {
  if (outcome instanceof Suppressed) return suppressMailReader(recipient, 'bounced')
  const isAboutReader = refusal.stage === 'recipient' || refusal.stage === 'message'
  if (attempt === 1 && isAboutReader && !(outcome instanceof Stopped))
    await countRefusal(recipient, refusal)
}

/**
 * A single review is composed once for everybody, a digest once for all readers whose digest is the
 * same.
 */
async function contentOf({ bundle, message, review, to }: EmailDelivery): Promise<Composed> {
  const wanted = bundle.filter(item => stillWants(to, item.review))
  if (!wanted.length) throw new Suppressed(NO_LONGER_WANTED)
  const digest = digestOf(wanted)
  const { reviews, corrected } = digest
  if (reviews.length === 1 && reviews[0]!.id === review.id && !corrected.length) return message
  if (reviews.length) return composeDigest(digest, sender())
  const next = nextDigestOf(to, Date.now())
  throw next
    ? new Postponed('waits for the next digest', next.at, next.bundle)
    : new Suppressed('no email is sent for corrections')
}

/**
 * The Message-ID comes from the first event in the email, so that a repeat of the same email has
 * the same one.
 */
function envelopeOf({ bundle, recipient }: EmailDelivery) {
  const first = bundle.reduce((a, b) => (b.event.position < a.event.position ? b : a))
  return {
    messageId: `${first.event.id}.${recipient}@${sender().domain}`,
    returnPath: bounceAddressFor(recipient),
    unsubscribeAddress: unsubscribeAddressFor(recipient),
  }
}
