/** Reports what became of a review's deliveries, part by part, from the ledger. */
import { type Kysely, sql } from 'kysely'
import type { AppTables } from '../../db/schema'
import type { Receipt } from '../contract/define-reactor'
import { isKept } from './kept'
import { isHeld } from './stopped'

/**
 * One part's counts for a review, or for one of its events. `held` are those of the `suppressed`
 * that somebody paused, `kept` those of the `accepted` that are only in the outbox. Times are ISO.
 */
export interface PartReport {
  part: string
  planned: number
  accepted: number
  pending: number
  sending: number
  retrying: number
  dead: number
  suppressed: number
  held: number
  kept: number
  uncertain: number
  firstAt: string
  lastAt: string
  nextAt?: string
  reason?: string
  receipts: Receipt[]
}

/**
 * `position` limits the report to one event; without it, all of the review's events are counted
 * together.
 */
export async function reportOf(
  app: Kysely<AppTables>,
  reviewId: string,
  position?: number,
): Promise<PartReport[]> {
  const count = (state: string) => sql<number>`sum(state = ${state})`
  const rows = await app
    .selectFrom('deliveries')
    .select(e => [
      'reactor',
      e.fn.countAll<number>().as('planned'),
      count('accepted').as('accepted'),
      count('pending').as('pending'),
      count('sending').as('sending'),
      count('retry').as('retrying'),
      count('dead').as('dead'),
      count('suppressed').as('suppressed'),
      count('uncertain').as('uncertain'),
      sql<number>`sum(${isHeld})`.as('held'),
      sql<number>`sum(${isKept})`.as('kept'),
      e.fn.min('created_at').as('first'),
      e.fn.max('updated_at').as('last'),
      sql<number | null>`min(CASE WHEN state IN ('pending', 'retry') THEN due_at END)`.as('next'),
    ])
    .where('review_id', '=', reviewId)
    .$if(position !== undefined, q => q.where('position', '=', position!))
    .groupBy('reactor')
    .orderBy('first')
    .execute()
  return Promise.all(
    rows.map(async ({ reactor, first, last, next, ...counts }) => ({
      part: reactor,
      ...counts,
      firstAt: iso(first),
      lastAt: iso(last),
      ...(next && { nextAt: iso(next) }),
      ...(await lastReason(app, { reviewId, reactor, position })),
      receipts: await receiptsOf(app, { reviewId, reactor, position }),
    })),
  )
}

/** Positions of the review's events that have deliveries, oldest first. */
export async function toldOf(app: Kysely<AppTables>, reviewId: string): Promise<number[]> {
  const rows = await app
    .selectFrom('deliveries')
    .select('position')
    .distinct()
    .where('review_id', '=', reviewId)
    .orderBy('position')
    .execute()
  return rows.map(row => row.position)
}

const iso = (ms: number) => new Date(ms).toISOString()

interface Which {
  reviewId: string
  reactor: string
  position?: number
}

const rowsFor = (app: Kysely<AppTables>, { reviewId, reactor, position }: Which) =>
  app
    .selectFrom('deliveries')
    .where('review_id', '=', reviewId)
    .where('reactor', '=', reactor)
    .$if(position !== undefined, q => q.where('position', '=', position!))

async function lastReason(app: Kysely<AppTables>, which: Which): Promise<{ reason?: string }> {
  const row = await rowsFor(app, which)
    .select('reason')
    .where('state', 'in', ['dead', 'retry', 'uncertain', 'suppressed'])
    .where('reason', 'is not', null)
    .orderBy(sql`CASE state WHEN 'dead' THEN 0 WHEN 'retry' THEN 1 ELSE 2 END`)
    .orderBy('updated_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.reason ? { reason: row.reason } : {}
}

/** At most three, and only from networks: readers' receipts mean nothing to an editor. */
async function receiptsOf(app: Kysely<AppTables>, which: Which): Promise<Receipt[]> {
  const rows = await rowsFor(app, which)
    .select('receipt')
    .where('recipient', '=', '')
    .where('receipt', 'is not', null)
    .orderBy('position', 'desc')
    .limit(3)
    .execute()
  return rows.map(row => JSON.parse(row.receipt!) as Receipt)
}

/**
 * One part's rows for a review, most recently changed first. Recipients are ids, never addresses.
 */
export async function rowsOf(app: Kysely<AppTables>, reviewId: string, part: string, limit = 200) {
  const rows = await app
    .selectFrom('deliveries')
    .select(['id', 'type', 'recipient', 'state', 'attempts', 'due_at', 'reason', 'updated_at'])
    .where('review_id', '=', reviewId)
    .where('reactor', '=', part)
    .orderBy('updated_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(({ due_at, updated_at, ...row }) => ({
    ...row,
    dueAt: iso(due_at),
    updatedAt: iso(updated_at),
  }))
}
