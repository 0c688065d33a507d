/**
 * Emails one person at the desk about one thing of theirs, such as a critic whose schedule failed;
 * alerts go to editors and owners only.
 */
import type { Kysely, Selectable } from 'kysely'
import type { Letter } from '../../channels/mail/letter'
import { button, headline, paragraph } from '../../channels/mail/letter-blocks'
import { letterLayout } from '../../channels/mail/letter-layout'
import { sender } from '../../channels/mail/sender'
import { html, longDate, plain } from '../../channels/mail/text'
import {
  sendWaiting,
  type WaitingEmail,
  type WaitingTable,
} from '../../channels/mail/waiting-emails'
import type { AppTables } from '../../db/schema'

type App = Kysely<AppTables>
type Row = Selectable<AppTables['desk_emails']>

/**
 * `about` names the single case, so that a repeat after a crash is one email; `says` and `todo` are
 * sentences, `link` is a path.
 */
export interface DeskEmail {
  personId: string
  about: string
  subject: string
  says: string
  todo: string
  link: string
}

export async function emailPerson(app: App, { personId, ...email }: DeskEmail, now: number) {
  await app
    .insertInto('desk_emails')
    .values({ person_id: personId, ...email, created_at: now, attempts: 0, due_at: now })
    .onConflict(same => same.column('about').doNothing())
    .execute()
}

/** Sends what is due (`now` in ms). */
export const sendDeskEmails = (app: App, now: number): Promise<void> =>
  sendWaiting(tableIn(app), now)

const tableIn = (app: App): WaitingTable<Row> => ({
  due: now => app.selectFrom('desk_emails').selectAll().where('due_at', '<=', now).execute(),
  async claim({ id, due_at }, until) {
    const claimed = await app
      .updateTable('desk_emails')
      .set({ due_at: until })
      .where('id', '=', id)
      .where('due_at', '=', due_at)
      .executeTakeFirst()
    return claimed.numUpdatedRows > 0n
  },
  read: row => emailOf(app, row),
  postpone: ({ id, attempts }, until) =>
    app
      .updateTable('desk_emails')
      .set({ due_at: until, attempts: attempts + 1 })
      .where('id', '=', id)
      .execute(),
  remove: ({ id }) => app.deleteFrom('desk_emails').where('id', '=', id).execute(),
})

/** Whoever has no account any more gets nothing. */
async function emailOf(app: App, row: Row): Promise<WaitingEmail | undefined> {
  const { id, person_id, created_at: at } = row
  const person = await app
    .selectFrom('people')
    .select('email')
    .where('id', '=', person_id)
    .executeTakeFirst()
  const letter = letterOf(row, sender().site)
  return person && { letter, id: person_id, email: person.email, name: `desk.${id}`, at }
}

function letterOf({ subject, says, todo, link, created_at }: Row, site: string): Letter {
  const date = longDate(created_at)
  const last = `You get this because you write for ${new URL(site).host}.`
  return {
    subject: plain(subject),
    preheader: says,
    html: letterLayout({
      title: subject,
      preheader: says,
      date,
      last: html(last),
      rows: [
        headline(subject),
        paragraph(html(says)),
        paragraph(html(todo), 't2'),
        button(`${site}${link}`, 'View at the desk'),
      ],
    }),
    text: `${[`MyMovies, ${date}`, plain(says), plain(todo), `View at the desk: ${site}${link}`, last].join('\n\n')}\n`,
  }
}
