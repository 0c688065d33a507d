/** Adds imported readers by push, unless their browser is already known here. */
import { randomUUIDv7 } from 'node:crypto'
import type { Transaction } from 'kysely'
import type { AppTables } from '../../db/schema'
import { columnsOf } from '../../readers/push-readers'
import { wantsColumns } from '../../readers/wants'
import type { Candidate, Skipped } from './candidates'
import { firstOfEach } from './first-of-each'
import type { Joining } from './keep-mail'

type Db = Transaction<AppTables>
type ByPush = Extract<Candidate, { subscription: unknown }>

export async function keepPush(
  db: Db,
  batch: ByPush[],
  { head, now, preview }: Joining,
): Promise<Skipped[]> {
  const { first, skipped } = firstOfEach(
    batch,
    ({ subscription }) => columnsOf(subscription).endpoint_hash,
  )
  const prints = [...first.keys()]
  if (!prints.length) return skipped
  const here = new Set(
    (
      await db
        .selectFrom('push_readers')
        .select('endpoint_hash')
        .where('endpoint_hash', 'in', prints)
        .execute()
    ).map(row => row.endpoint_hash),
  )
  for (const print of prints) if (preview?.has(print)) here.add(print)
  const known = [...first].filter(([print]) => here.has(print))
  skipped.push(...known.map(([, { line }]) => ({ line, reason: 'is already a reader' })))
  const fresh = [...first].filter(([print]) => !here.has(print))
  const rows = fresh.map(([, { subscription, wants }]) => ({
    id: randomUUIDv7(),
    ...columnsOf(subscription),
    ...wantsColumns(wants),
    asked_at: now,
    position: head,
  }))
  if (preview) for (const { endpoint_hash } of rows) preview.set(endpoint_hash, 'here')
  else if (rows.length) await db.insertInto('push_readers').values(rows).execute()
  return skipped
}
