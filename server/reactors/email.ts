/**
 * Sends each review by email, at once or in the digest that the reader chose. A correction goes
 * into the next digest and never gets its own email.
 */
import { composeDigest } from '../channels/mail/compose-digest'
import { digestOf } from '../channels/mail/digest'
import { reviewLetter } from '../channels/mail/letter'
import { bounceAddressFor, closeMailer, useMailer } from '../channels/mail/mailer'
import { address, compose, type Composed, UnfitAddress } from '../channels/mail/message'
import { fill } from '../channels/mail/placeholders'
import { exampleFilling, fillingFor } from '../channels/mail/recipient-lines'
import { sender } from '../channels/mail/sender'
import { classifyFailure, type SmtpError } from '../channels/mail/smtp-failure'
import { CONNECTIONS } from '../channels/mail/transport'
import {
  defineReactor,
  type Delivery,
  Postponed,
  type Receipt,
  Suppressed,
} from '../delivery/contract/define-reactor'
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
    return await useMailer().send(
      address(await contentOf(delivery), {
        ...envelopeOf(delivery),
        filling: fillingFor(
          { ...to, timeZone: to.wants.timeZone },
          sender().site,
          delivery.bundle.length > 1 ? Date.now() : delivery.review.publishedAt,
        ),
        email: to.email,
        at: Date.now(),
      }),
      signal,
    )
  } catch (error) {
    if (error instanceof Postponed || error instanceof Suppressed) throw error
    const failure = failureOf(error, to.email, attempt)
    if (failure instanceof Suppressed) await suppressMailReader(recipient, 'bounced')
    throw failure
  }
}

function failureOf(error: unknown, email: string, attempt: number): Error {
  if (error instanceof UnfitAddress) return new Suppressed(error.message)
  const domain = email.split('@').pop()!
  return classifyFailure(error as SmtpError, { domain, now: Date.now(), attempt })
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
  }
}
