/**
 * Decides which readers hear of a review, and when: a query preselects, the reader's wants decide. The
 * publish panel counts with the same code.
 */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { matches } from '../../shared/matches-wants'
import type { PublicReview } from '../../shared/types/review'
import type { Wants } from '../../shared/types/wants'
import { appReadOnly } from '../db/open'
import type { AppTables } from '../db/schema'
import type { AudienceQuery, Planned } from '../delivery/contract/define-reactor'
import { isDigest, nextDigest, quietUntil } from './digest-times'

/** The tables of readers, one for each way of reaching them. */
export type ReaderTable = 'push_readers' | 'mail_readers'

/**
 * At most `limit` readers who joined before `position` (exclusive), by ascending id after `after`
 * (exclusive). `now` in ms. `digestsOnly` leaves out readers who are notified at once.
 */
export interface AudienceOf {
  position: number
  review: Pick<PublicReview, 'rating' | 'critic' | 'movie'>
  after: string
  limit: number
  now: number
  digestsOnly?: boolean
}

interface Row {
  id: string
  origin: string
  wants: string
}
type When = Pick<Planned, 'dueAt' | 'bundle'>

/** The readers that an event reaches; only publications and corrections reach any. */
export async function readersOf(
  table: ReaderTable,
  { event, ...query }: AudienceQuery,
  { digestsOnly = false } = {},
): Promise<Planned[]> {
  if (event.type !== 'ReviewPublished' && event.type !== 'ReviewCorrected') return []
  return planAudience(appReadOnly(), table, { ...query, position: event.position, digestsOnly })
}

/** Fewer than `limit` means that there are no more. */
export async function planAudience(
  app: Kysely<AppTables>,
  table: ReaderTable,
  query: AudienceOf,
): Promise<Planned[]> {
  const planned: Planned[] = []
  // Most readers share the same wants, so each set is judged once.
  const judged = new Map<string, When | undefined>()
  for (let after = query.after; planned.length < query.limit;) {
    const rows = await preselect(app, table, { ...query, after })
    for (const { id, origin, wants } of rows) {
      if (!judged.has(wants)) judged.set(wants, judge(JSON.parse(wants) as Wants, query))
      const when = judged.get(wants)
      if (when && planned.length < query.limit)
        planned.push({ recipient: id, ...(origin && { origin }), ...when })
    }
    if (rows.length < query.limit) break
    after = rows.at(-1)!.id
  }
  return planned
}

function preselect(
  app: Kysely<AppTables>,
  table: ReaderTable,
  { position, review, after, limit, digestsOnly }: AudienceOf,
): Promise<Row[]> {
  return app
    .selectFrom(table)
    .select(['id', 'wants', ORIGIN[table].as('origin')])
    .where('position', '<', position)
    .where('min_rating', '<=', review.rating)
    .where('id', '>', after)
    .$if(table === 'mail_readers', rows => rows.where(sql`state`, '=', 'active'))
    .$if(Boolean(digestsOnly), rows => rows.where('frequency', '!=', 'instant'))
    .orderBy('id')
    .limit(limit)
    .execute()
}

/**
 * What may be slow without holding up the rest: a push service, or a mail provider (what follows
 * the last @).
 */
const ORIGIN: Record<ReaderTable, RawBuilder<string>> = {
  push_readers: sql`origin`,
  mail_readers: sql`lower(substr(email, length(rtrim(email, replace(email, '@', ''))) + 1))`,
}

/** When a reader with these wants hears of this review; undefined if they do not match it. */
function judge(wants: Wants, { review, now }: AudienceOf): When | undefined {
  if (
    !matches(wants, { rating: review.rating, critic: review.critic, genres: review.movie.genres })
  )
    return undefined
  const at = Temporal.Instant.fromEpochMilliseconds(now)
  if (isDigest(wants)) {
    const digest = nextDigest(wants, at)
    return { dueAt: digest.at.epochMilliseconds, bundle: digest.bundle }
  }
  const awake = quietUntil(wants, at)
  return awake ? { dueAt: awake.epochMilliseconds } : {}
}

/** How many readers a review would reach if it were published now, by the same rules. */
export async function countReaders(
  app: Kysely<AppTables>,
  table: ReaderTable,
  review: AudienceOf['review'],
  now: number,
): Promise<{ now: number; later: number }> {
  const count = { now: 0, later: 0 }
  for (let after: string | undefined = ''; after !== undefined;) {
    const page: Planned[] = await planAudience(app, table, {
      position: Number.MAX_SAFE_INTEGER,
      review,
      after,
      limit: PAGE,
      now,
    })
    for (const { dueAt } of page) count[dueAt === undefined ? 'now' : 'later']++
    after = page.length < PAGE ? undefined : page.at(-1)!.recipient
  }
  return count
}

const PAGE = 5000
