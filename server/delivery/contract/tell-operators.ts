/**
 * Records trouble that needs a person, in the same transaction as the failure itself; the emails
 * and the line at the desk follow from that row. Any room may call this, and none can cause a
 * storm: one `about` is one alert, however often it happens.
 */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { AppTables } from '../../db/schema'

type App = Kysely<AppTables> | Transaction<AppTables>

/**
 * `about` names the kind of trouble, not the single case (`push.dead`, `webhooks.disabled`): small
 * letters, digits, dots, dashes. `says` is a sentence without its full stop; with a `unit` the
 * count is appended ("Push gave up" + "3 deliveries"). `sample` is one reason, worded for editors
 * and never an address. `todo` is what to do about it, `link` the page to do it on (a path).
 * `lasting` means a state rather than an occurrence: it counts once until it is resolved.
 */
export interface Trouble {
  about: string
  says: string
  unit?: [one: string, many: string]
  sample?: string
  todo: string
  link: string
  count?: number
  lasting?: boolean
}

/** `now` in ms. */
export async function tellOperators(
  app: App,
  { about, says, unit, sample, todo, link, count = 1, lasting = false }: Trouble,
  now: number,
) {
  if (!/^[a-z0-9.-]{1,100}$/.test(about))
    throw new TypeError(`"${about}" is not a valid name for an alert`)
  const words = {
    says,
    unit: unit ? JSON.stringify(unit) : null,
    sample: sample ?? null,
    todo,
    link,
    last_at: now,
  }
  const anew = sql<boolean>`alerts.settled_at IS NOT NULL`
  await app
    .insertInto('alerts')
    .values({
      about,
      ...words,
      count,
      said: 0,
      said_before: 0,
      opened_at: now,
      unsaid_since: now,
      told_at: null,
      settled_at: null,
      noted_at: null,
    })
    .onConflict(there =>
      there
        .column('about')
        .doUpdateSet({
          ...words,
          count: sql`CASE WHEN ${anew} THEN 0 ELSE alerts.count END + ${count}`,
          said: sql`CASE WHEN ${anew} THEN 0 ELSE alerts.said END`,
          said_before: sql`CASE WHEN ${anew} THEN 0 ELSE alerts.said_before END`,
          opened_at: sql`CASE WHEN ${anew} THEN ${now} ELSE alerts.opened_at END`,
          unsaid_since: sql`CASE WHEN ${anew} OR alerts.said = alerts.count THEN ${now} ELSE alerts.unsaid_since END`,
          settled_at: null,
          noted_at: null,
        })
        .where(lasting ? anew : sql<boolean>`true`),
    )
    .execute()
}

/**
 * Closes an alert that is over: its line at the desk goes, and people who got an email about it get
 * one more that says so.
 */
export async function closeAlert(app: App, about: string, now: number) {
  await app
    .updateTable('alerts')
    .set({ settled_at: now })
    .where('about', '=', about)
    .where('settled_at', 'is', null)
    .execute()
  await app.deleteFrom('alert_dismissals').where('about', '=', about).execute()
}
