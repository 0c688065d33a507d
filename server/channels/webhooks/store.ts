/** Changes webhooks, gives them new secrets, and removes them. */
import type { Kysely } from 'kysely'
import type { Subscription } from '../../../shared/schemas/subscription'
import type { AppTables } from '../../db/schema'
import { problem } from '../../http/problem'
import { closeDisabledAlert } from './disabled-alert'
import { type ChangedWebhook, checkFields } from './schema'
import { newSecret } from './sign'
import { subscriptionColumns, subscriptionOfRow } from './stored-subscription'

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

/** Null takes a limit away; a webhook that is switched on again starts afresh, with five more days. */
export async function changeWebhook(
  app: App,
  which: Which,
  { url, enabled, ...changes }: ChangedWebhook,
  now: number,
): Promise<void> {
  await app.transaction().execute(async db => {
    const row = await requireWebhook(db, which)
    await db
      .updateTable('webhooks')
      .set({
        url: url ?? row.url,
        ...subscriptionColumns(changed(subscriptionOfRow(row), changes)),
        ...switched(row, enabled, now),
      })
      .where('id', '=', row.id)
      .execute()
    await closeDisabledAlert(db, now)
  })
}

/** Throws a 422 if shape and fields do not go together afterwards; the fields go with the shape pick. */
function changed(
  subscription: Subscription,
  { types, subject, wants, shape, fields }: Omit<ChangedWebhook, 'url' | 'enabled'>,
): Subscription {
  const newShape = shape ?? subscription.shape
  const newFields = fields ?? (newShape === 'pick' ? subscription.fields : undefined)
  checkFields({ shape: newShape, fields: newFields })
  const replaced = <Value>(value: Value | null | undefined, before: Value | undefined) =>
    value === undefined ? before : (value ?? undefined)
  return {
    types: replaced(types, subscription.types),
    subject: replaced(subject, subscription.subject),
    wants: replaced(wants, subscription.wants),
    shape: newShape,
    fields: newFields,
  }
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
