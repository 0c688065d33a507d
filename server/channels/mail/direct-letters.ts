/**
 * Decides when to retry emails that do not come from an event (a confirmation, an alert) and so
 * wait in a table of their own.
 */
import type { Kysely } from 'kysely'
import type { AppTables } from '../../db/schema'
import { Retry, Stopped } from '../../delivery/contract/define-reactor'
import { nextAttempt } from '../../delivery/sending/retry'
import { UnfitAddress } from './message'
import { NotSent } from './send-mail'

/**
 * How long a process has an email to itself while sending it; after a crash the email is due again.
 */
export const CLAIM_MS = 30_000
const STOPPED_MS = 60_000
/** From then on, the time between the attempts of a patient email stays the same. */
const LONGEST_AFTER = 8

/** `attempts` counts those before this one; a `patient` email is never given up here. */
interface Failed {
  attempts: number
  now: number
  patient?: boolean
}

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

/** The time (ms) of the next attempt after a failure; undefined if there is none. */
export function nextAttemptAt(
  error: unknown,
  { attempts, now, patient }: Failed,
): number | undefined {
  if (error instanceof UnfitAddress) return undefined
  const outcome = error instanceof NotSent ? error.outcome : new Retry('failed before it was sent')
  if (outcome instanceof Stopped && !patient) return now + STOPPED_MS
  if (!patient && !(outcome instanceof Retry)) return undefined
  const asked = outcome instanceof Retry ? outcome.options.at : undefined
  const attempt = patient ? Math.min(attempts + 1, LONGEST_AFTER) : attempts + 1
  return nextAttempt(attempt, now, { asked })
}
