/**
 * Sends emails to operators without the ledger: one that cannot be sent does not become a dead
 * letter, so no alert is ever about an alert.
 */
import type { Kysely } from 'kysely'
import { CLAIM_MS, nextAttemptAt } from '../../channels/mail/direct-letters'
import { sendDirect } from '../../channels/mail/send-direct'
import { sender } from '../../channels/mail/sender'
import type { AppTables } from '../../db/schema'
import { alertLetter } from './alert-letter'

type App = Kysely<AppTables>
type Waiting = AppTables['alert_letters']

/**
 * Sends what is due. Safe in several processes: the one that moves the due time sends the email.
 */
export async function sendLetters(app: App, now: number): Promise<void> {
  for (const row of await app
    .selectFrom('alert_letters')
    .selectAll()
    .where('due_at', '<=', now)
    .execute()) {
    const claimed = await app
      .updateTable('alert_letters')
      .set({ due_at: now + CLAIM_MS })
      .where('person_id', '=', row.person_id)
      .where('due_at', '=', row.due_at)
      .executeTakeFirst()
    if (claimed.numUpdatedRows) await sendOne(app, row, now)
  }
}

async function sendOne(app: App, row: Waiting, now: number) {
  const person = await app
    .selectFrom('people')
    .select('email')
    .where('id', '=', row.person_id)
    .where('role', 'in', ['owner', 'editor'])
    .executeTakeFirst()
  const alerts = await app
    .selectFrom('alerts')
    .selectAll()
    .where('about', 'in', JSON.parse(row.abouts) as string[])
    .where('told_at', 'is not', null)
    .orderBy('opened_at')
    .execute()
  const done = () =>
    app
      .deleteFrom('alert_letters')
      .where('person_id', '=', row.person_id)
      .where('created_at', '=', row.created_at)
      .execute()
  if (!person || !alerts.length) return done()
  const at = row.created_at
  try {
    await sendDirect(alertLetter(alerts, { site: sender().site, at }), {
      id: row.person_id,
      email: person.email,
      name: `alert.${row.person_id}`,
      at,
      attempt: row.attempts + 1,
      now,
    })
    await done()
  } catch (error) {
    const retryAt = nextAttemptAt(error, { attempts: row.attempts, now })
    if (retryAt === undefined) return done()
    await app
      .updateTable('alert_letters')
      .set({ due_at: retryAt, attempts: row.attempts + 1 })
      .where('person_id', '=', row.person_id)
      .execute()
  }
}
