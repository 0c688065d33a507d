/**
 * Counts the emails to a reader that did not arrive, and decides when that is enough: an address that
 * takes nothing for long rests, and one that only its own server refuses is given up.
 */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { AppTables } from '../db/schema'
import { mailPart } from '../delivery/contract/mail-part'
import { tellOperators } from '../delivery/contract/tell-operators'
import { suppressIn } from './unsubscribe'

type Db = Transaction<AppTables>

const DAY = 86_400_000
const RESTS = { bounces: 5, over: 10 * DAY }
const GIVEN_UP = { bounces: 3, over: 3 * DAY }

/**
 * `isBare`: refused for good without a word on whether the address is meant. `wasTaken`: our mail
 * server had taken the email before it came back. `at` in ms.
 */
export interface Bounced {
  at: number
  isBare: boolean
  wasTaken: boolean
}

/** Says whether the reader was given up. */
export const countBounce = (
  app: Kysely<AppTables>,
  id: string,
  bounced: Bounced,
): Promise<'counted' | 'suppressed'> =>
  app.transaction().execute(async db => {
    const reader = await db
      .selectFrom('mail_readers')
      .select(['email', 'state'])
      .where('id', '=', id)
      .executeTakeFirst()
    if (!reader) return 'counted'
    const streak = [...(await streakOf(db, id, bounced)), bounced]
    await db
      .insertInto('bounces')
      .values({ reader_id: id, at: bounced.at, is_bare: bounced.isBare ? 1 : 0 })
      .execute()
    const bare = streak.filter(({ isBare }) => isBare)
    if (isEnough(bare, GIVEN_UP) && (await areOthersTaken(db, id, reader.email, bare[0]!.at))) {
      await suppressIn(db, id, 'bounced', bounced.at)
      return 'suppressed'
    }
    if (reader.state === 'active' && isEnough(streak, RESTS)) await rest(db, id, bounced.at)
    return 'counted'
  })

export const forgetBounces = (db: Kysely<AppTables> | Db, id: string) =>
  db.deleteFrom('bounces').where('reader_id', '=', id).execute()

/** What bounced since the reader last got an email; forgotten if one arrived in between. */
async function streakOf(db: Db, id: string, { at, wasTaken }: Bounced) {
  const rows = await db
    .selectFrom('bounces')
    .select(['at', 'is_bare'])
    .where('reader_id', '=', id)
    .orderBy('at')
    .execute()
  const last = rows.at(-1)
  if (!last) return []
  const arrived = (await emailsTaken(db, id, last.at, at)) - (wasTaken ? 1 : 0)
  if (arrived > 0) {
    await forgetBounces(db, id)
    return []
  }
  return rows.map(row => ({ at: row.at, isBare: row.is_bare === 1 }))
}

/** A digest is one email, however many reviews it is about. */
async function emailsTaken(db: Db, id: string, after: number, until: number): Promise<number> {
  const { n } = await db
    .selectFrom('deliveries')
    .select(sql<number>`count(DISTINCT coalesce(bundle, id))`.as('n'))
    .where('recipient', '=', id)
    .where('updated_at', '>', after)
    .where('updated_at', '<=', until)
    .where(sql.ref('reactor'), '=', sql.lit(mailPart()))
    .where(sql.ref('state'), '=', sql.lit('accepted'))
    .executeTakeFirstOrThrow()
  return n
}

/** Whether the same server took an email to somebody else since. */
async function areOthersTaken(db: Db, id: string, email: string, since: number) {
  const domain = email.slice(email.lastIndexOf('@')).toLowerCase()
  const taken = await db
    .selectFrom('mail_readers as other')
    .innerJoin('deliveries as d', 'd.recipient', 'other.id')
    .select('d.id')
    .where(sql<boolean>`lower(substr(other.email, -${sql.lit(domain.length)})) = ${domain}`)
    .where('other.id', '!=', id)
    .where('d.updated_at', '>=', since)
    .where(sql.ref('d.reactor'), '=', sql.lit(mailPart()))
    .where(sql.ref('d.state'), '=', sql.lit('accepted'))
    .limit(1)
    .executeTakeFirst()
  return taken !== undefined
}

const isEnough = (bounces: Pick<Bounced, 'at'>[], most: { bounces: number; over: number }) =>
  bounces.length >= most.bounces && bounces.at(-1)!.at - bounces[0]!.at >= most.over

async function rest(db: Db, id: string, now: number) {
  await db.updateTable('mail_readers').set({ state: 'resting' }).where('id', '=', id).execute()
  await tellOperators(
    db,
    {
      about: `${mailPart()}.resting`,
      says: 'Email is resting for',
      unit: ['reader', 'readers'],
      sample: 'five emails or more came back over ten days or more, and none arrived in between',
      todo: 'They are kept, and get email again once they confirm their address again. If it is many at once, look at your mail server.',
      link: '/editor/parts',
    },
    now,
  )
}
