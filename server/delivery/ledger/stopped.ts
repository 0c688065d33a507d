/**
 * Tells which deliveries we stopped before they left and may still send: somebody paused their
 * review, or it was archived.
 */
import { type RawBuilder, sql } from 'kysely'

export const WAS_ARCHIVED = 'the review was archived'
export const UNSUBSCRIBED = 'no longer subscribed'
export const heldBy = (name: string) => `held by ${name}`

/** A condition on rows of the ledger. */
export type Stop = RawBuilder<boolean>

export const isHeld: Stop = sql`(state = 'suppressed' AND reason LIKE 'held by %')`
export const isArchived: Stop = sql`(state = 'suppressed' AND reason = ${WAS_ARCHIVED})`

/** Nobody got these; anything else was sent, is on its way, or must not be sent. */
export const isUntold: Stop = sql`(state = 'dead' OR ${isHeld} OR ${isArchived})`
