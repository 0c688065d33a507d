/**
 * Decides when to retry emails that do not come from an event (a confirmation, an alert) and so
 * wait in a table of their own.
 */
import type { Kysely } from 'kysely'
import type { AppTables } from '../../db/schema'
import { Retry, Stopped } from '../../delivery/contract/define-reactor'
import { nextAttempt } from '../../delivery/sending/retry'
import { classifyFailure, type SmtpError } from './smtp-failure'

/**
 * How long a process has an email to itself while sending it; after a crash the email is due again.
 */
export const CLAIM_MS = 30_000
const STOPPED_MS = 60_000

/**
 * Makes nothing wait longer than a claim lasts: after the clock was set back, what was due would
 * wait for it otherwise. One that is just being sent stays with the process that sends it.
 */
export async function dueSoon(
  app: Kysely<AppTables>,
  table: 'confirmations' | 'alert_letters' | 'desk_emails',
  now: number,
) {
  const latest = now + CLAIM_MS
  await app.updateTable(table).set({ due_at: latest }).where('due_at', '>', latest).execute()
}

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
