/**
 * Keeps what a push reader wants while their endpoint is gone: a push service may say so before the
 * browser has sent the one that replaces it.
 */
import type { Kysely, Transaction } from 'kysely'
import type { AppTables } from '../db/schema'

type Db = Kysely<AppTables>

/** A browser that was not opened for longer subscribes anew. */
const KEPT_MS = 60 * 86_400_000

/**
 * Call this when the push service says that nobody is at this endpoint any more; a reader who has a
 * newer one stays.
 */
export const losePushReader = (app: Db, id: string, endpoint: string, now: number) =>
  app.transaction().execute(async db => {
    const lost = await db
      .deleteFrom('push_readers')
      .where('id', '=', id)
      .where('endpoint', '=', endpoint)
      .returning(['id', 'wants', 'position'])
      .executeTakeFirst()
    if (lost)
      await db
        .insertInto('lost_push_readers')
        .values({ ...lost, lost_at: now })
        .onConflict(known => known.column('id').doUpdateSet({ ...lost, lost_at: now }))
        .execute()
  })

/** Takes the reader off the list, to be given an endpoint again. */
export const findLostReader = (db: Transaction<AppTables>, id: string) =>
  db
    .deleteFrom('lost_push_readers')
    .where('id', '=', id)
    .returning(['id', 'wants', 'position'])
    .executeTakeFirst()

/** Forgets those whose browser never came back. */
export const forgetLostReaders = (app: Db, now: number) =>
  app
    .deleteFrom('lost_push_readers')
    .where('lost_at', '<', now - KEPT_MS)
    .execute()
