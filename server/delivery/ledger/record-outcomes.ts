/**
 * Records what became of sends. Only the holder of a row's claim may do so, but for what has
 * arrived: that counts as long as nobody else has claimed the row.
 */
import { type Kysely, sql } from 'kysely'
import type { AppTables } from '../../db/schema'
import type { Receipt } from '../contract/define-reactor'
import type { DeliveryRow } from './delivery-row'

export interface RecordedOutcome {
  id: number
  state: DeliveryRow['state']
  attempts: number
  dueAt: number
  reason: string | null
  receipt: Receipt | null
  bundle?: string
}

/**
 * Writes outcomes in one statement. A row that was held while being sent (`uncertain`) is accepted
 * if it arrived, and otherwise suppressed with the reason of the hold.
 */
export async function recordOutcomes(
  app: Kysely<AppTables>,
  claim: string,
  outcomes: RecordedOutcome[],
  now: number,
) {
  if (!outcomes.length) return
  const list = JSON.stringify(
    outcomes.map(o => [
      o.id,
      o.state,
      o.attempts,
      o.dueAt,
      o.reason,
      o.receipt && JSON.stringify(o.receipt),
      o.bundle ?? null,
    ]),
  )
  const isOver = sql`(deliveries.state = 'uncertain'
    AND json_extract(o.value, '$[1]') IN ('pending', 'retry', 'dead'))`
  await sql`
    UPDATE deliveries SET
      state = CASE WHEN ${isOver} THEN 'suppressed' ELSE json_extract(o.value, '$[1]') END,
      attempts = json_extract(o.value, '$[2]'),
      due_at = json_extract(o.value, '$[3]'),
      reason = CASE WHEN ${isOver} THEN reason ELSE json_extract(o.value, '$[4]') END,
      receipt = coalesce(json_extract(o.value, '$[5]'), receipt),
      bundle = coalesce(json_extract(o.value, '$[6]'), bundle),
      claim = NULL,
      updated_at = ${now}
    FROM json_each(${list}) AS o
    WHERE deliveries.id = json_extract(o.value, '$[0]') AND (deliveries.claim = ${claim}
      OR deliveries.claim IS NULL AND deliveries.state = 'retry'
        AND json_extract(o.value, '$[1]') = 'accepted')`.execute(app)
}
