/**
 * Decides when to retry emails that do not come from an event (a confirmation, an alert) and so
 * wait in a table of their own.
 */
import { Retry, Stopped } from '../../delivery/contract/define-reactor'
import { nextAttempt } from '../../delivery/sending/retry'
import { classifyFailure, type SmtpError } from './smtp-failure'

/**
 * How long a process has an email to itself while sending it; after a crash the email is due again.
 */
export const CLAIM_MS = 30_000
const STOPPED_MS = 60_000

/**
 * The time (ms) of the next attempt after a failure; undefined if there is none. `attempts` counts
 * those before this one.
 */
export function nextAttemptAt(
  error: unknown,
  { email, attempts, now }: { email: string; attempts: number; now: number },
): number | undefined {
  const meaning = classifyFailure(error as SmtpError, {
    domain: email.split('@').pop()!,
    now,
    attempt: attempts + 1,
  })
  if (meaning instanceof Stopped) return now + STOPPED_MS
  return meaning instanceof Retry
    ? nextAttempt(attempts + 1, now, { asked: meaning.options.at })
    : undefined
}
