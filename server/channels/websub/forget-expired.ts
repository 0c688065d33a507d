/** Forgets subscriptions whose lease has ended, and requests that nobody confirmed. */
import type { Kysely } from 'kysely'
import type { AppTables } from '../../db/schema'

/** How long a failed request counts against its host. */
const FAILED_MS = 10 * 60_000

export const forgetExpired = (app: Kysely<AppTables>, now: number) =>
  app.transaction().execute(async db => {
    await db.deleteFrom('hub_subscriptions').where('lease_until', '<=', now).execute()
    await db
      .deleteFrom('hub_requests')
      .where('failed_at', '<=', now - FAILED_MS)
      .execute()
  })
