/** A review is a letter: at once, or in the digest that its reader chose. A correction stands in the next digest and is never a letter of its own. */
import { digestKey, digestOf } from '../channels/mail/digest'
import { digestLetter } from '../channels/mail/digest-letter'
import { reviewLetter } from '../channels/mail/letter'
import { closeMailer, returnPathOf, useMailer } from '../channels/mail/mailer'
import { address, compose, type Composed, UnfitAddress } from '../channels/mail/message'
import { fill } from '../channels/mail/placeholders'
import { sender } from '../channels/mail/sender'
import { meaningOf, type Refused } from '../channels/mail/smtp-failure'
import { html, longDate } from '../channels/mail/text'
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
} from '../readers/audience'

type Letter = Delivery<MailReader, Composed>

export default defineReactor<MailReader, Composed>({
  name: 'email',
  label: 'Email',
  audience: mailAudience,
  load: loadMailReaders,
  compose: ({ review }) => compose(reviewLetter(review), sender()),
  on: { ReviewPublished: send, ReviewCorrected: send },
  render: review => {
    const letter = reviewLetter(review)
    return {
      subject: letter.subject,
      say: `Subject: ${letter.subject}`,
      html: fill(letter.html, SOMEBODY),
    }
  },
  concurrency: 2 * CONNECTIONS,
  perOrigin: CONNECTIONS,
  close: async () => closeMailer(),
})

async function send(delivery: Letter): Promise<Receipt | undefined> {
  const { recipient, to, attempt, signal } = delivery
  try {
    return await useMailer().send(
      address(await contentOf(delivery), {
        ...envelopeOf(delivery),
        filling: fillingFor(to),
        email: to.email,
        at: Date.now(),
      }),
      signal,
    )
  } catch (error) {
    if (error instanceof Postponed || error instanceof Suppressed) throw error
    const meaning =
      error instanceof UnfitAddress
        ? new Suppressed(error.message)
        : meaningOf(error as Refused, {
            domain: to.email.split('@').pop()!,
            now: Date.now(),
            attempt,
          })
    if (meaning instanceof Suppressed) await suppressMailReader(recipient, 'bounced')
    throw meaning
  }
}

/** A review alone was composed for everybody; a digest is composed once for all whose digest says the same. */
async function contentOf({ bundle, message, to }: Letter): Promise<Composed> {
  const digest = digestOf(bundle)
  const { reviews, corrected } = digest
  if (reviews.length === 1 && !corrected.length) return message
  if (reviews.length)
    return (
      digests.get(digestKey(digest)) ??
      keep(digestKey(digest), compose(digestLetter({ ...digest, at: Date.now() }), sender()))
    )
  const next = nextDigestOf(to, Date.now())
  throw next
    ? new Postponed('waits for the next digest', next.at, next.bundle)
    : new Suppressed('no email is sent for corrections')
}

const digests = new Map<string, Promise<Composed>>()
const MOST = 50

function keep(key: string, digest: Promise<Composed>) {
  if (digests.size >= MOST) digests.delete(digests.keys().next().value!)
  digests.set(key, digest)
  return digest
}

/** The first event that a letter tells of names it, so that a repeat of the same letter has the same Message-ID. */
function envelopeOf({ bundle, recipient }: Letter) {
  const first = bundle.reduce((a, b) => (b.event.position < a.event.position ? b : a))
  return {
    messageId: `${first.event.id}.${recipient}@${sender().domain}`,
    returnPath: returnPathOf(recipient),
  }
}

function fillingFor({
  confirmedAt,
  asked,
  manageToken,
  unsubscribeToken,
}: Pick<MailReader, 'confirmedAt' | 'asked' | 'manageToken' | 'unsubscribeToken'>) {
  const sentence = `You subscribed on ${longDate(confirmedAt)} to get ${asked}.`
  const link = (page: string, token: string) =>
    `${sender().site}/subscribe/${page}?token=${encodeURIComponent(token)}`
  return {
    askedText: sentence,
    askedHtml: html(sentence),
    manageUrl: link('manage', manageToken),
    unsubscribeUrl: link('unsubscribe', unsubscribeToken),
  }
}

/** Who stands for the readers in the publish panel. */
const SOMEBODY = {
  askedText: '',
  askedHtml: 'You subscribed on 3 March 2026 to get each review.',
  manageUrl: '#',
  unsubscribeUrl: '#',
}
