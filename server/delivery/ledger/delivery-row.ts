/** A row of the ledger, and which of its states still have work before them. */
import { type Selectable, sql } from 'kysely'
import type { AppTables } from '../../db/schema'

export type DeliveryRow = Selectable<AppTables['deliveries']>

/** Literals, not parameters: only then does SQLite see that the index of unfinished rows covers the query. */
export const WAITING = [sql.lit('pending' as const), sql.lit('retry' as const)]

/** Waiting or being sent: a row that was held during its send keeps its claim until the outcome is known. */
export const isUnfinished = sql`(state IN ('pending', 'sending', 'retry') OR state = 'uncertain' AND claim IS NOT NULL)`
