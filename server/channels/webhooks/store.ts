/** The webhooks as they are kept: made, changed, given another secret, removed. */
import { randomUUIDv7 } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { AppTables } from '../../db/schema'
import { problem, refuse } from '../../http/problem'
import { closeDisabledAlert } from './disabled-alert'
import { type ChangedWebhook, checkFields, type NewWebhook } from './schema'
import { newSecret } from './sign'

type App = Kysely<AppTables>
export type WebhookRow = AppTables['webhooks']

/** Of one person; a thousand partners fit ten times. */
export const MOST = 10_000
/** How long the secret before a rotation goes on signing. */
const OVERLAP_MS = 24 * 3600_000

/** `commandId` makes a repeat find the first one, also when this process died before it answered: then without the secret. `head` is the log's. */
export async function makeWebhook(
  app: App,
  { url, types, shape, fields, from }: NewWebhook,
  { owner, head, now, commandId }: { owner: string; head: number; now: number; commandId?: string },
): Promise<{ id: string; secret?: string }> {
  checkFields({ shape, fields })
  if (from !== undefined && from > head)
    refuse('from', `must be a position of the log, which ends at ${head}`)
  return app.transaction().execute(async db => {
    const before =
      commandId &&
      (await db
        .selectFrom('webhooks')
        .select('id')
        .where('command_id', '=', commandId)
        .executeTakeFirst())
    if (before) return before
    const { n } = await db
      .selectFrom('webhooks')
      .select(e => e.fn.countAll<number>().as('n'))
      .where('owner', '=', owner)
      .executeTakeFirstOrThrow()
    if (Number(n) >= MOST)
      refuse(
        'url',
        `would be one too many: one person may have ${MOST.toLocaleString('en')} webhooks`,
      )
    const id = randomUUIDv7()
    const secret = newSecret()
    await db
      .insertInto('webhooks')
      .values({
        id,
        owner,
        url,
        secret,
        types: types ? JSON.stringify(types) : null,
        shape,
        fields: fields ? JSON.stringify(fields) : null,
        position: from === undefined ? head : Math.max(0, from - 1),
        command_id: commandId ?? null,
        created_at: now,
      })
      .execute()
    return { id, secret }
  })
}

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
    const standing =
      enabled === true
        ? {
            disabled_at: null,
            disabled_reason: null,
            ...(row.disabled_at !== null && { failing_since: null }),
          }
        : enabled === false
          ? { disabled_at: row.disabled_at ?? now }
          : {}
    await db
      .updateTable('webhooks')
      .set({
        url: url ?? row.url,
        types: types === undefined ? row.types : types && JSON.stringify(types),
        shape: wanted,
        fields: kept ? JSON.stringify(kept) : null,
        ...standing,
      })
      .where('id', '=', id)
      .execute()
    await closeDisabledAlert(db, now)
  })
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
