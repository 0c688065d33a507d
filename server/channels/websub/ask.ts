/** Takes a request to the hub: it waits until its subscriber has confirmed it. */
import { randomUUIDv7 } from 'node:crypto'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { AppTables } from '../../db/schema'
import { Problem } from '../../http/problem'
import type { HubRequest } from './request'

/** Of one host: more are a flood, not an audience. */
export const MOST_OF_HOST = 5000
export const MOST = 100_000
/** Requests that a host failed to confirm, of those that are remembered. */
export const MOST_FAILURES = 100
/** Each is written anew for an event that touches it. */
export const MOST_TOPICS = 500
const AGAIN_SECONDS = 600

type App = Transaction<AppTables>

/**
 * A newer request of the same callback for the same topic replaces one that still waits; what is
 * agreed already holds until the new one is confirmed (WebSub, 5.1.1). Throws a 429.
 */
export async function askHub(
  app: Kysely<AppTables>,
  { mode, topic, askedTopic, callback, secret, leaseSeconds }: HubRequest,
  now: number,
): Promise<void> {
  const { host } = new URL(callback)
  const values = {
    id: randomUUIDv7(),
    mode,
    asked_topic: askedTopic,
    secret: secret ?? null,
    lease_seconds: leaseSeconds,
    asked_at: now,
    attempts: 0,
    due_at: now,
    failed_at: null,
  }
  await app.transaction().execute(async db => {
    if (!(await isKnown(db, { topic, callback }))) {
      await refuseFailing(db, host)
      if (mode === 'subscribe') await refuseTooMany(db, { topic, host })
    }
    await db
      .insertInto('hub_requests')
      .values({ ...values, topic, callback, host, failures: 0 })
      .onConflict(there => there.columns(['topic', 'callback']).doUpdateSet(values))
      .execute()
  })
}

/** Whoever renews a subscription or ends it is counted already. */
async function isKnown(db: App, { topic, callback }: { topic: string; callback: string }) {
  const row = await db
    .selectFrom('hub_subscriptions')
    .select('id')
    .where('topic', '=', topic)
    .where('callback', '=', callback)
    .executeTakeFirst()
  return row !== undefined
}

async function refuseFailing(db: App, host: string) {
  const { failures } = await db
    .selectFrom('hub_requests')
    .select(sql<number>`coalesce(sum(failures), 0)`.as('failures'))
    .where('host', '=', host)
    .executeTakeFirstOrThrow()
  if (failures >= MOST_FAILURES)
    tooMany(`${host} did not confirm its last ${MOST_FAILURES} requests`)
}

async function refuseTooMany(db: App, { topic, host }: { topic: string; host: string }) {
  const count = (rows: string, where = sql`1`) =>
    sql<number>`(SELECT count(${sql.raw(rows)}) FROM hub_subscriptions WHERE ${where}) + (SELECT count(${sql.raw(rows)}) FROM hub_requests WHERE ${where})`
  const { ofHost, all, topics, hasTopic } = await db
    .selectNoFrom([
      count('*', sql`host = ${host}`).as('ofHost'),
      count('*').as('all'),
      count('DISTINCT topic').as('topics'),
      count('*', sql`topic = ${topic}`).as('hasTopic'),
    ])
    .executeTakeFirstOrThrow()
  if (ofHost >= MOST_OF_HOST)
    tooMany(`${host} has ${MOST_OF_HOST} subscriptions, which is the most`)
  if (all >= MOST) tooMany('The hub has no room for more subscriptions')
  if (topics >= MOST_TOPICS && !hasTopic) tooMany('The hub has no room for more feeds')
}

function tooMany(why: string): never {
  throw new Problem(
    429,
    'Too many requests',
    `${why}. Try again in ${AGAIN_SECONDS / 60} minutes.`,
    undefined,
    { headers: { 'retry-after': String(AGAIN_SECONDS) } },
  )
}
