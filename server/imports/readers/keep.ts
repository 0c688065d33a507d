/** Keeps a batch of imported readers in one transaction; who is here already, or has left, stays as they are. */
import { randomUUIDv7 } from 'node:crypto'
import type { Kysely, Transaction } from 'kysely'
import type { AppTables } from '../../db/schema'
import { addressPrint } from '../../readers/mail-readers'
import { columnsOf } from '../../readers/push-readers'
import { wantsColumns } from '../../readers/wants'
import type { Candidate, Skipped } from './candidates'

type Db = Transaction<AppTables>
type Joining = { head: number; now: number }
type ByMail = Extract<Candidate, { email: string }>
type ByPush = Extract<Candidate, { subscription: unknown }>

const LEFT = {
  unsubscribed: 'unsubscribed here',
  bounced: 'emails to it bounced',
  erased: 'asked to be erased here',
}

/** Answers who was not kept, and why. `head` is the log's: an imported reader is told of what comes after it. */
export const keep = (
  app: Kysely<AppTables>,
  batch: Candidate[],
  joining: Joining,
): Promise<Skipped[]> =>
  app.transaction().execute(async db => [
    ...(await keepMail(
      db,
      batch.filter(candidate => 'email' in candidate),
      joining,
    )),
    ...(await keepPush(
      db,
      batch.filter(candidate => 'subscription' in candidate),
      joining,
    )),
  ])

async function keepMail(db: Db, batch: ByMail[], { head, now }: Joining): Promise<Skipped[]> {
  const { first, skipped } = firstOfEach(batch, ({ email }) => addressPrint(email))
  const prints = [...first.keys()]
  if (!prints.length) return skipped
  const left = new Map(
    (await db.selectFrom('suppressions').selectAll().where('hash', 'in', prints).execute()).map(
      ({ hash, reason }) => [hash, reason],
    ),
  )
  const here = new Set(
    (
      await db
        .selectFrom('mail_readers')
        .select('email_hash')
        .where('email_hash', 'in', prints)
        .where('state', '=', 'active')
        .execute()
    ).map(row => row.email_hash),
  )
  const rows: AppTables['mail_readers'][] = []
  for (const [email_hash, { line, email, wants, confirmedAt }] of first) {
    if (left.has(email_hash)) {
      skipped.push({ line, reason: LEFT[left.get(email_hash)!] })
      continue
    }
    if (here.has(email_hash)) {
      skipped.push({ line, reason: 'is here already' })
      continue
    }
    rows.push({
      id: randomUUIDv7(),
      email,
      email_hash,
      state: 'active',
      ...wantsColumns(wants),
      asked: null,
      asked_at: now,
      letters: 0,
      letters_since: 0,
      confirmed_at: confirmedAt,
      position: head,
      soft_bounces: 0,
    })
  }
  // Who asked here but did not answer our letter yet has the consent that is imported now.
  if (rows.length)
    await db
      .insertInto('mail_readers')
      .values(rows)
      .onConflict(known =>
        known.column('email_hash').doUpdateSet(({ ref }) => ({
          state: 'active',
          asked: null,
          wants: ref('excluded.wants'),
          frequency: ref('excluded.frequency'),
          min_rating: ref('excluded.min_rating'),
          confirmed_at: ref('excluded.confirmed_at'),
          position: ref('excluded.position'),
        })),
      )
      .execute()
  return skipped
}

async function keepPush(db: Db, batch: ByPush[], { head, now }: Joining): Promise<Skipped[]> {
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
  const fresh = [...first].filter(
    ([print, { line }]) =>
      !here.has(print) || void skipped.push({ line, reason: 'is here already' }),
  )
  const rows = fresh.map(([, { subscription, wants }]) => ({
    id: randomUUIDv7(),
    ...columnsOf(subscription),
    ...wantsColumns(wants),
    asked_at: now,
    position: head,
  }))
  if (rows.length) await db.insertInto('push_readers').values(rows).execute()
  return skipped
}

function firstOfEach<C extends Candidate>(
  batch: C[],
  print: (candidate: C) => string,
): { first: Map<string, C>; skipped: Skipped[] } {
  const first = new Map<string, C>()
  const skipped: Skipped[] = []
  for (const candidate of batch) {
    const key = print(candidate)
    if (first.has(key)) skipped.push({ line: candidate.line, reason: 'is here already' })
    else first.set(key, candidate)
  }
  return { first, skipped }
}
