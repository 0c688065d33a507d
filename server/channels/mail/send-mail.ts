/**
 * Hands an email to the mail server, and says what a failure means, in the light of what became of
 * the emails before it.
 */
import type {
  Dead,
  Receipt,
  Retry,
  Stopped,
  Suppressed,
} from '../../delivery/contract/define-reactor'
import { useMailer } from './mailer'
import type { Mail } from './message'
import { meaningOf, type Refusal } from './refusal'
import { RefusalsInARow, type Refused } from './refusals-in-a-row'
import { classifyFailure, refusalOf, type SmtpError } from './smtp-failure'

/**
 * Thrown if the email was not taken. `outcome` is what becomes of the delivery, `refusal` what was
 * said.
 */
export class NotSent extends Error {
  constructor(
    readonly outcome: Retry | Dead | Suppressed | Stopped,
    readonly refusal: Refusal,
  ) {
    super(outcome.message)
    this.name = 'NotSent'
  }
}

/**
 * Watched separately: greylisting refuses many at first, and an old list has many unknown addresses;
 * but a server that knows nobody at all has lost its own list.
 */
const inARow = {
  temporary: new RefusalsInARow(),
  unclear: new RefusalsInARow(),
  'no mailbox': new RefusalsInARow(10),
}

/** `now` in ms. Throws NotSent. */
export async function sendMail(
  mail: Mail,
  { attempt, now, signal }: { attempt: number; now: number; signal?: AbortSignal },
): Promise<Receipt> {
  const { to } = mail.envelope
  try {
    const receipt = await useMailer().send(mail, signal)
    for (const refusals of Object.values(inARow)) refusals.taken(to)
    return receipt
  } catch (error) {
    const refusal = refusalOf(error as SmtpError)
    const refused = howOthersFare(to, refusal)
    const domain = to.slice(to.lastIndexOf('@') + 1)
    const outcome = classifyFailure(error as SmtpError, { domain, now, attempt, refused })
    throw new NotSent(outcome, refusal)
  }
}

function howOthersFare(to: string, refusal: Refusal): Refused {
  const meaning = meaningOf(refusal)
  const isAboutUs = refusal.stage === 'session' || refusal.stage === 'sender'
  return isAboutUs || meaning === 'about us' ? 'unknown' : inARow[meaning].refused(to)
}
