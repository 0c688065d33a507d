/** Emails that stem from no event of the log (a confirmation, an alert) wait in a table of their own; this is when they are tried again. */
import { Retry, Stopped } from '../../delivery/contract/define-reactor'
import { nextAttempt } from '../../delivery/sending/retry'
import { classifyFailure, type SmtpError } from './smtp-failure'

/** While one process sends an email, no other does; after a crash the email is due again. */
export const CLAIM_MS = 30_000
const STOPPED_MS = 60_000

/** After a failure, the time (ms) of the next attempt; undefined when there will be none. `attempts` before this one. */
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
