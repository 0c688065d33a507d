/** A row of the ledger, and which of its states mean that there is still work to do. */
import { type Selectable, sql } from 'kysely'
import type { AppTables } from '../../db/schema'

export type DeliveryRow = Selectable<AppTables['deliveries']>

/**
 * Literals rather than parameters: only then can SQLite use the partial index of unfinished rows.
 */
export const WAITING = [sql.lit('pending' as const), sql.lit('retry' as const)]

/**
 * Waiting or being sent. A row that was held while being sent keeps its claim until the outcome is
 * known.
 */
export const isUnfinished = sql`(state IN ('pending', 'sending', 'retry') OR state = 'uncertain' AND claim IS NOT NULL)`
