/**
 * Emails one person at the desk about one thing of theirs, such as a critic whose schedule failed;
 * alerts go to editors and owners only.
 */
import type { Kysely, Selectable } from 'kysely'
import { CLAIM_MS, nextAttemptAt } from '../../channels/mail/direct-letters'
import type { Letter } from '../../channels/mail/letter'
import { button, headline, paragraph } from '../../channels/mail/letter-blocks'
import { letterLayout } from '../../channels/mail/letter-layout'
import { sendDirect } from '../../channels/mail/send-direct'
import { sender } from '../../channels/mail/sender'
import { html, longDate, plain } from '../../channels/mail/text'
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

/**
 * Sends what is due. Safe in several processes: the one that moves the due time sends the email.
 */
export async function sendDeskEmails(app: App, now: number): Promise<void> {
  const due = await app.selectFrom('desk_emails').selectAll().where('due_at', '<=', now).execute()
  for (const row of due) {
    const claimed = await app
      .updateTable('desk_emails')
      .set({ due_at: now + CLAIM_MS })
      .where('id', '=', row.id)
      .where('due_at', '=', row.due_at)
      .executeTakeFirst()
    if (claimed.numUpdatedRows) await sendOne(app, row, now)
  }
}

/** Whoever has no account any more gets nothing. */
async function sendOne(app: App, row: Row, now: number) {
  const person = await app
    .selectFrom('people')
    .select('email')
    .where('id', '=', row.person_id)
    .executeTakeFirst()
  const done = () => app.deleteFrom('desk_emails').where('id', '=', row.id).execute()
  if (!person) return done()
  try {
    await sendDirect(letterOf(row, sender().site), {
      id: row.person_id,
      email: person.email,
      name: `desk.${row.id}`,
      at: row.created_at,
      attempt: row.attempts + 1,
      now,
    })
    await done()
  } catch (error) {
    const retryAt = nextAttemptAt(error, { attempts: row.attempts, now })
    if (retryAt === undefined) return done()
    await app
      .updateTable('desk_emails')
      .set({ due_at: retryAt, attempts: row.attempts + 1 })
      .where('id', '=', row.id)
      .execute()
  }
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
