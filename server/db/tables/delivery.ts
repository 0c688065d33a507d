/** How far each part has read the log, and the ledger of what it sent. */
import type { Generated } from 'kysely'

export interface DeliveryTables {
  /**
   * `stopped` is why a part cannot send (wrong credentials), `quota` what its far side still
   * allows, as JSON.
   */
  consumers: {
    name: string
    checkpoint: number
    plan_cursor: string
    lease_owner: string | null
    lease_until: number
    fence: number
    paused: number
    pause_reason: string | null
    last_error: string | null
    last_error_at: number | null
    stopped: string | null
    quota: string | null
    updated_at: number
  }
  /**
   * The newest credential of a part whose far side renews it, sealed; null until it was renewed.
   * `given` is a hash of the one in the settings that it came from, `due_at` when it is renewed
   * next. `attempts`, `failed_since` and `problem` are about the renewals since the last success.
   */
  part_credentials: {
    part: string
    given: string
    sealed: string | null
    ends_at: number | null
    due_at: number
    attempts: number
    failed_since: number | null
    problem: string | null
  }
  parked: { consumer: string; position: number; review_id: string; reason: string; at: number }
  /** The ledger: one row per event × part × recipient, unique for ever. */
  deliveries: {
    id: Generated<number>
    reactor: string
    event_id: string
    position: number
    review_id: string
    type: string
    recipient: string
    origin: string
    bundle: string | null
    state: 'pending' | 'sending' | 'accepted' | 'retry' | 'dead' | 'suppressed' | 'uncertain'
    attempts: number
    due_at: number
    claim: string | null
    reason: string | null
    receipt: string | null
    progress: string | null
    text: string | null
    created_at: number
    updated_at: number
  }
  /**
   * "Pause sending": no event of this review up to `position` is delivered, not even by a part that
   * had not read it yet, until somebody lets go of it.
   */
  holds: { review_id: string; position: Generated<number>; reason: string; at: number }
  /**
   * How many of a part's deliveries were accepted, and how many failed, in one minute (ms /
   * 60,000). Kept for two hours.
   */
  part_minutes: { part: string; minute: number; accepted: number; failed: number }
}
