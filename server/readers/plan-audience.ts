/** Who is told of a review, and when: the query preselects, the wish decides. The publish panel counts with the same code. */
import { type Kysely, sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { PublicReview } from '../../shared/types/review'
import type { Wants } from '../../shared/types/wants'
import type { AppTables } from '../db/schema'
import type { Planned } from '../delivery/contract/define-reactor'
import { nextDigest, quietUntil } from './digest-times'
import { matches } from './wants'

export type Channel = 'push' | 'email'

/** Readers who joined before `position` (exclusive), from the id `after` on (exclusive), ascending, at most `limit`. `now` in ms. `digestsOnly` leaves out who is told at once. */
export interface AudienceOf {
  position: number
  review: Pick<PublicReview, 'rating' | 'critic' | 'movie'>
  after: string
  limit: number
  now: number
  digestsOnly?: boolean
}

type Row = { id: string; origin: string; wants: string }
type When = Pick<Planned, 'dueAt' | 'bundle'>

/** Fewer than `limit` means that there are no more. */
export async function planAudience(
  app: Kysely<AppTables>,
  channel: Channel,
  query: AudienceOf,
): Promise<Planned[]> {
  const planned: Planned[] = []
  // Most readers share a few wishes: each is judged once.
  const judged = new Map<string, When | undefined>()
  for (let after = query.after; planned.length < query.limit;) {
    const rows = await preselect(app, channel, { ...query, after })
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

const TABLE = { push: 'push_readers', email: 'mail_readers' } as const

function preselect(
  app: Kysely<AppTables>,
  channel: Channel,
  { position, review, after, limit, digestsOnly }: AudienceOf,
): Promise<Row[]> {
  // A mail's origin is its provider, what follows the last @: a slow one must not hold up the others.
  const origin =
    channel === 'push'
      ? sql<string>`origin`
      : sql<string>`lower(substr(email, length(rtrim(email, replace(email, '@', ''))) + 1))`
  return app
    .selectFrom(TABLE[channel])
    .select(['id', 'wants', origin.as('origin')])
    .where('position', '<', position)
    .where('min_rating', '<=', review.rating)
    .where('id', '>', after)
    .$if(channel === 'email', rows => rows.where(sql`state`, '=', 'active'))
    .$if(Boolean(digestsOnly), rows => rows.where('frequency', '!=', 'instant'))
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** When this wish is told of this review; undefined when it asks for something else. */
function judge(wants: Wants, { review, now }: AudienceOf): When | undefined {
  if (
    !matches(wants, { rating: review.rating, critic: review.critic, genres: review.movie.genres })
  )
    return undefined
  const at = Temporal.Instant.fromEpochMilliseconds(now)
  if (wants.frequency && wants.frequency !== 'instant') {
    const digest = nextDigest(wants, at)
    return { dueAt: digest.at.epochMilliseconds, bundle: digest.bundle }
  }
  const awake = quietUntil(wants, at)
  return awake ? { dueAt: awake.epochMilliseconds } : {}
}

/** How many a review would reach if it were published now, by the same judgement. */
export async function countAudienceOf(
  app: Kysely<AppTables>,
  channel: Channel,
  review: AudienceOf['review'],
  now: number,
): Promise<{ now: number; later: number }> {
  const count = { now: 0, later: 0 }
  for (let after: string | undefined = ''; after !== undefined;) {
    const page: Planned[] = await planAudience(app, channel, {
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
