/**
 * Finds and changes readers by push: each is a browser's endpoint and keys, with no name or
 * address.
 */
import { randomUUIDv7, timingSafeEqual } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Wants } from '../../shared/types/wants'
import { eraseTraces } from '../db/erase-traces'
import type { AppTables } from '../db/schema'
import { findLostReader } from './lost-push-readers'
import type { PushSubscription } from './push-subscription'
import { fingerprint, subjectOf } from './tokens'
import { wantsColumns } from './wants'

type Db = Kysely<AppTables>
export type PushReaderRow = AppTables['push_readers']

/**
 * `taken`: this endpoint belongs to a reader with other keys, and nobody may take over a
 * stranger's.
 */
export type Subscribed = { state: 'new' | 'known'; id: string; wants: Wants } | { state: 'taken' }

/**
 * The same endpoint with the same keys is the same reader, who keeps their place in the log and may
 * send new wants (undefined leaves them as they are). `head` is the log's.
 */
export async function subscribeByPush(
  app: Db,
  subscription: PushSubscription,
  { wants, head, now }: { wants?: Wants; head: number; now: number },
): Promise<Subscribed> {
  return app.transaction().execute(async db => {
    const columns = columnsOf(subscription)
    const known = await db
      .selectFrom('push_readers')
      .selectAll()
      .where('endpoint_hash', '=', columns.endpoint_hash)
      .executeTakeFirst()
    if (known && !sameKeys(known, columns)) return { state: 'taken' }
    if (known && wants)
      await db
        .updateTable('push_readers')
        .set(wantsColumns(wants))
        .where('id', '=', known.id)
        .execute()
    if (known)
      return { state: 'known', id: known.id, wants: wants ?? (JSON.parse(known.wants) as Wants) }
    const id = randomUUIDv7()
    await db
      .insertInto('push_readers')
      .values({ id, ...columns, ...wantsColumns(wants ?? {}), asked_at: now, position: head })
      .execute()
    return { state: 'new', id, wants: wants ?? {} }
  })
}

/**
 * Applies what a browser sends when its push service gives it another endpoint, or its reader has
 * other wants. False if the new endpoint belongs to somebody else.
 */
export async function changePushReader(
  app: Db,
  id: string,
  { subscription, wants, now }: { subscription?: PushSubscription; wants?: Wants; now: number },
): Promise<boolean> {
  return app.transaction().execute(async db => {
    const columns = subscription && columnsOf(subscription)
    const holder =
      columns &&
      (await db
        .selectFrom('push_readers')
        .select(['id', 'p256dh', 'auth'])
        .where('endpoint_hash', '=', columns.endpoint_hash)
        .executeTakeFirst())
    if (columns && holder && !sameKeys(holder, columns)) return false
    if (holder && holder.id !== id)
      await db.deleteFrom('push_readers').where('id', '=', holder.id).execute()
    const lost = columns && (await findLostReader(db, id))
    if (lost) {
      const kept = wants ?? (JSON.parse(lost.wants) as Wants)
      const row = { id, ...columns, ...wantsColumns(kept), asked_at: now, position: lost.position }
      await db.insertInto('push_readers').values(row).execute()
      return true
    }
    if (wants)
      await db
        .updateTable('lost_push_readers')
        .set({ wants: JSON.stringify(wants) })
        .where('id', '=', id)
        .execute()
    const changes = { ...columns, ...(wants && wantsColumns(wants)) }
    if (Object.keys(changes).length)
      await db.updateTable('push_readers').set(changes).where('id', '=', id).execute()
    return true
  })
}

/** The reader of this id, if the manage token is theirs; also while their endpoint is gone. */
export async function managedPushReader(
  app: Db,
  id: string,
  token: string,
): Promise<Pick<PushReaderRow, 'id' | 'wants'> | undefined> {
  if (subjectOf('manage-push', token) !== id) return undefined
  return app
    .selectFrom('push_readers')
    .select(['id', 'wants'])
    .where('id', '=', id)
    .union(app.selectFrom('lost_push_readers').select(['id', 'wants']).where('id', '=', id))
    .executeTakeFirst()
}

/**
 * Erases everything about a reader who turned notifications off; the endpoint is gone from the
 * database's files too when this resolves.
 */
export async function forgetPushReader(app: Db, id: string): Promise<void> {
  const forgotten = await app
    .deleteFrom('push_readers')
    .where('id', '=', id)
    .returning('endpoint')
    .executeTakeFirst()
  await app.deleteFrom('lost_push_readers').where('id', '=', id).execute()
  if (forgotten) await eraseTraces(app, forgotten.endpoint)
}

export const columnsOf = ({ endpoint, keys }: PushSubscription) => ({
  endpoint,
  endpoint_hash: fingerprint(endpoint),
  ...keys,
  origin: new URL(endpoint).origin,
})

type Keys = PushSubscription['keys']
const sameKeys = (a: Keys, b: Keys) =>
  timingSafeEqual(
    Buffer.from(fingerprint(`${a.p256dh}.${a.auth}`)),
    Buffer.from(fingerprint(`${b.p256dh}.${b.auth}`)),
  )
