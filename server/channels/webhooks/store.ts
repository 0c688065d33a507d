/** Changes webhooks, gives them new secrets, and removes them. */
import type { Kysely } from 'kysely'
import type { AppTables } from '../../db/schema'
import { problem } from '../../http/problem'
import { closeDisabledAlert } from './disabled-alert'
import { type ChangedWebhook, checkFields } from './schema'
import { newSecret } from './sign'

type App = Kysely<AppTables>
export type WebhookRow = AppTables['webhooks']

/** How long the old secret keeps signing after a rotation. */
const OVERLAP_MS = 24 * 3600_000

/** A webhook by id; with `onlyOf`, it must belong to that person. */
export interface Which {
  id: string
  onlyOf?: string
}

/** Throws a 404 if it does not exist (any more), or is not theirs. */
export async function requireWebhook(app: App, { id, onlyOf }: Which): Promise<WebhookRow> {
  const row = await app
    .selectFrom('webhooks')
    .selectAll()
    .where('id', '=', id)
    .$if(onlyOf !== undefined, query => query.where('owner', '=', onlyOf!))
    .executeTakeFirst()
  return row ?? problem(404, 'No such webhook')
}

/** A webhook that is switched on again starts afresh, with five more days. */
export async function changeWebhook(
  app: App,
  which: Which,
  { url, types, shape, fields, enabled }: ChangedWebhook,
  now: number,
): Promise<void> {
  await app.transaction().execute(async db => {
    const row = await requireWebhook(db, which)
    const newShape = shape ?? row.shape
    const newFields = fields ?? (newShape === 'pick' ? listOf(row.fields) : undefined)
    checkFields({ shape: newShape, fields: newFields })
    await db
      .updateTable('webhooks')
      .set({
        url: url ?? row.url,
        types: types === undefined ? row.types : types && JSON.stringify(types),
        shape: newShape,
        fields: newFields ? JSON.stringify(newFields) : null,
        ...switched(row, enabled, now),
      })
      .where('id', '=', row.id)
      .execute()
    await closeDisabledAlert(db, now)
  })
}

/**
 * A person who switches a webhook off gives no reason; switching it on again resets the time that
 * it has been failing.
 */
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

/**
 * Returns the new secret. The old one keeps signing beside it until `until` (ms); any older one
 * stops at once.
 */
export async function rotate(
  app: App,
  which: Which,
  now: number,
): Promise<{ secret: string; until: number }> {
  const secret = newSecret()
  const until = now + OVERLAP_MS
  return app.transaction().execute(async db => {
    const { id } = await requireWebhook(db, which)
    await db
      .updateTable('webhooks')
      .set(row => ({ previous_secret: row.ref('secret'), previous_until: until, secret }))
      .where('id', '=', id)
      .execute()
    return { secret, until }
  })
}

/** Deliveries that are planned for it and have not left will not leave. */
export async function removeWebhook(app: App, which: Which, now: number): Promise<void> {
  await app.transaction().execute(async db => {
    const { id } = await requireWebhook(db, which)
    await db.deleteFrom('webhooks').where('id', '=', id).execute()
    await closeDisabledAlert(db, now)
  })
}

/** A list column is text on SQLite, and already a list on PostgreSQL. */
export const listOf = (kept: unknown): string[] | undefined =>
  typeof kept === 'string' ? JSON.parse(kept) : ((kept as string[] | null) ?? undefined)
