/** Claims the rows that may be sent now, and says when the next ones may be. */
import { type Kysely, sql } from 'kysely'
import type { AppTables } from '../../db/schema'
import { type DeliveryRow, WAITING } from './delivery-row'

export interface ClaimQuery {
  reactor: string
  /** Marks the rows as ours; a later holder of the lease has another one. */
  claim: string
  now: number
  limit: number
  /** Origins to which nothing may be sent now. */
  pausedOrigins: string[]
  /** One row per recipient at a time, whatever review it is about. */
  serialPerRecipient?: boolean
}

/**
 * Claims what is due, oldest first, and nothing once the part is paused, even in the middle of a
 * long sending. A row waits while an earlier one of the same part, review and recipient is
 * unfinished. Rows of a bundle come together.
 */
export async function claimDue(app: Kysely<AppTables>, query: ClaimQuery): Promise<DeliveryRow[]> {
  const { claim, now, limit } = query
  const { rows } = await sql<DeliveryRow>`
    UPDATE deliveries SET state = 'sending', claim = ${claim}, updated_at = ${now}
    WHERE id IN (${dueIds(query)}) RETURNING *`.execute(app)
  // Only a claim that reached its limit can have cut a bundle in two.
  const isWhole = rows.length < limit || !rows.some(row => row.bundle)
  return isWhole ? rows : [...rows, ...(await restOfBundles(app, query, rows))]
}

function dueIds({ reactor, claim, now, limit, pausedOrigins, serialPerRecipient }: ClaimQuery) {
  const due = sql`
    FROM deliveries d
    WHERE d.reactor = ${reactor} AND d.state IN ('pending', 'retry') AND d.due_at <= ${now}
      AND d.origin NOT IN (SELECT value FROM json_each(${JSON.stringify(pausedOrigins)}))
      AND NOT EXISTS (SELECT 1 FROM consumers c WHERE c.name = d.reactor AND c.paused = 1)
      AND (d.bundle IS NOT NULL OR NOT EXISTS (
        SELECT 1 FROM deliveries e
        WHERE e.reactor = d.reactor AND e.review_id = d.review_id AND e.recipient = d.recipient
          AND e.position < d.position
          AND (e.state IN ('pending', 'sending', 'retry')
            OR e.state = 'uncertain' AND e.claim = ${claim})))`
  if (!serialPerRecipient) return sql`SELECT d.id ${due} ORDER BY d.due_at, d.id LIMIT ${limit}`
  return sql`
    SELECT id FROM (
      SELECT d.id, d.due_at,
        row_number() OVER (PARTITION BY d.recipient ORDER BY d.due_at, d.position) AS turn
      ${due} AND d.recipient NOT IN (
        SELECT recipient FROM deliveries WHERE reactor = ${reactor} AND state = 'sending'))
    WHERE turn = 1 ORDER BY due_at, id LIMIT ${limit}`
}

async function restOfBundles(
  app: Kysely<AppTables>,
  { reactor, claim, now }: ClaimQuery,
  claimed: DeliveryRow[],
): Promise<DeliveryRow[]> {
  const bundles = new Set(
    claimed.filter(row => row.bundle).map(row => `${row.recipient} ${row.bundle}`),
  )
  const { rows } = await sql<DeliveryRow>`
    UPDATE deliveries SET state = 'sending', claim = ${claim}, updated_at = ${now}
    WHERE reactor = ${reactor} AND state IN ('pending', 'retry') AND due_at <= ${now}
      AND bundle IS NOT NULL AND recipient || ' ' || bundle IN (
        SELECT value FROM json_each(${JSON.stringify([...bundles])}))
    RETURNING *`.execute(app)
  return rows
}

/** When (ms) the first row that is not yet due at `now` will be. */
export async function nextDue(
  app: Kysely<AppTables>,
  reactor: string,
  now: number,
): Promise<number | undefined> {
  const row = await app
    .selectFrom('deliveries')
    .select(e => e.fn.min('due_at').as('at'))
    .where('reactor', '=', reactor)
    .where('state', 'in', WAITING)
    .where('due_at', '>', now)
    .executeTakeFirst()
  return row?.at ?? undefined
}
