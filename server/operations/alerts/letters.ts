/**
 * Sends emails to operators without the ledger: one that cannot be sent does not become a dead
 * letter, so no alert is ever about an alert.
 */
import type { Kysely } from 'kysely'
import { sender } from '../../channels/mail/sender'
import {
  sendWaiting,
  type WaitingEmail,
  type WaitingTable,
} from '../../channels/mail/waiting-emails'
import type { AppTables } from '../../db/schema'
import { alertLetter } from './alert-letter'

type App = Kysely<AppTables>
type Waiting = AppTables['alert_letters']

/** Sends what is due (`now` in ms). */
export const sendLetters = (app: App, now: number): Promise<void> => sendWaiting(tableIn(app), now)

const tableIn = (app: App): WaitingTable<Waiting> => ({
  due: now => app.selectFrom('alert_letters').selectAll().where('due_at', '<=', now).execute(),
  async claim({ person_id, due_at }, until) {
    const claimed = await app
      .updateTable('alert_letters')
      .set({ due_at: until })
      .where('person_id', '=', person_id)
      .where('due_at', '=', due_at)
      .executeTakeFirst()
    return claimed.numUpdatedRows > 0n
  },
  read: row => emailOf(app, row),
  postpone: ({ person_id, attempts }, until) =>
    app
      .updateTable('alert_letters')
      .set({ due_at: until, attempts: attempts + 1 })
      .where('person_id', '=', person_id)
      .execute(),
  // News that came in meanwhile has another time, and stays.
  remove: ({ person_id, created_at }) =>
    app
      .deleteFrom('alert_letters')
      .where('person_id', '=', person_id)
      .where('created_at', '=', created_at)
      .execute(),
})

async function emailOf(app: App, row: Waiting): Promise<WaitingEmail | undefined> {
  const { person_id: id, abouts, created_at: at } = row
  const person = await app
    .selectFrom('people')
    .select('email')
    .where('id', '=', id)
    .where('role', 'in', ['owner', 'editor'])
    .executeTakeFirst()
  const alerts = await app
    .selectFrom('alerts')
    .selectAll()
    .where('about', 'in', JSON.parse(abouts) as string[])
    .where('told_at', 'is not', null)
    .orderBy('opened_at')
    .execute()
  if (!person || !alerts.length) return undefined
  const letter = alertLetter(alerts, { site: sender().site, at })
  return { letter, id, email: person.email, name: `alert.${id}`, at }
}
