/** The webhooks as they are stored: changed, given another secret, removed. */
import type { Kysely } from 'kysely'
import type { AppTables } from '../../db/schema'
import { problem } from '../../http/problem'
import { closeDisabledAlert } from './disabled-alert'
import { type ChangedWebhook, checkFields } from './schema'
import { newSecret } from './sign'

type App = Kysely<AppTables>
export type WebhookRow = AppTables['webhooks']

/** How long the secret before a rotation goes on signing. */
const OVERLAP_MS = 24 * 3600_000

/** 404 for one that is not there (any more). */
export async function requireWebhook(app: App, id: string): Promise<WebhookRow> {
  return (
    (await app.selectFrom('webhooks').selectAll().where('id', '=', id).executeTakeFirst()) ??
    problem(404, 'No such webhook')
  )
}

/** Switched on again, it begins with a clean sheet: five more days. */
export async function changeWebhook(
  app: App,
  id: string,
  { url, types, shape, fields, enabled }: ChangedWebhook,
  now: number,
): Promise<void> {
  await app.transaction().execute(async db => {
    const row = await requireWebhook(db, id)
    const wanted = shape ?? row.shape
    const kept = fields ?? (wanted === 'pick' ? listOf(row.fields) : undefined)
    checkFields({ shape: wanted, fields: kept })
    await db
      .updateTable('webhooks')
      .set({
        url: url ?? row.url,
        types: types === undefined ? row.types : types && JSON.stringify(types),
        shape: wanted,
        fields: kept ? JSON.stringify(kept) : null,
        ...switched(row, enabled, now),
      })
      .where('id', '=', id)
      .execute()
    await closeDisabledAlert(db, now)
  })
}

/** A person who switches a webhook off gives no reason; switched on again after a failure, it has failed for no time. */
function switched(
  { disabled_at }: WebhookRow,
  enabled: boolean | undefined,
  now: number,
): Partial<WebhookRow> {
  if (enabled === undefined) return {}
  if (!enabled) return { disabled_at: disabled_at ?? now }
  const on = { disabled_at: null, disabled_reason: null }
  return disabled_at === null ? on : { ...on, failing_since: null }
}

/** The new secret; the old one signs besides it until the time (ms) is over, one before that no longer. */
export async function rotate(
  app: App,
  id: string,
  now: number,
): Promise<{ secret: string; until: number }> {
  const secret = newSecret()
  const until = now + OVERLAP_MS
  const done = await app
    .updateTable('webhooks')
    .set(row => ({ previous_secret: row.ref('secret'), previous_until: until, secret }))
    .where('id', '=', id)
    .executeTakeFirst()
  return done.numUpdatedRows ? { secret, until } : problem(404, 'No such webhook')
}

/** What was planned for it and has not left will not leave. */
export async function removeWebhook(app: App, id: string, now: number): Promise<void> {
  await app.transaction().execute(async db => {
    const done = await db.deleteFrom('webhooks').where('id', '=', id).executeTakeFirst()
    if (!done.numDeletedRows) problem(404, 'No such webhook')
    await closeDisabledAlert(db, now)
  })
}

/** Text on SQLite, a list already on PostgreSQL. */
export const listOf = (kept: unknown): string[] | undefined =>
  typeof kept === 'string' ? JSON.parse(kept) : ((kept as string[] | null) ?? undefined)
