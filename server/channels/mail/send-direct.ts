/**
 * Sends an email that does not come from an event (a confirmation, an alert) to one person, without
 * a way to unsubscribe.
 */
import type { Letter } from './letter'
import { bounceAddressFor } from './mailer'
import { address, compose } from './message'
import { sendMail } from './send-mail'
import { sender } from './sender'

/**
 * `id` is the person's, `name` and `at` (ms) are the same for every attempt; `attempt` counts from
 * 1, `now` is ms.
 */
export interface DirectEmail {
  id: string
  email: string
  name: string
  at: number
  attempt: number
  now: number
}

/** Throws what `address` and `sendMail` throw. */
export async function sendDirect(
  letter: Letter,
  { id, email, name, at, attempt, now }: DirectEmail,
): Promise<void> {
  const from = sender()
  const composed = await compose(letter, from, false)
  const messageId = `${name}.${at}@${from.domain}`
  const mail = address(composed, { email, messageId, returnPath: bounceAddressFor(id), at })
  await sendMail(mail, { attempt, now })
}
