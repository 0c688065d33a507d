/** The tables of app.sqlite (or of the one PostgreSQL): what is neither a fact nor derived from facts. Times are ms since the epoch. */
import type { Generated } from 'kysely'

export interface AppTables {
  /** Only what a critic changed and has not published: overlays the published text. `edits` counts changes. */
  working_copies: { review_id: string, critic_id: string, fields: string, edits: number, updated_at: number, updated_by: string }
  revisions: { id: Generated<number>, review_id: string, version: number, fields: string, at: number, actor: string }
  slugs: { slug: string, review_id: string }
  idempotency: { key: string, body_hash: string, status: number, answer: string, at: number }
  api_tokens: { id: string, hash: string, name: string, scopes: string, user_id: string, created_at: number, used_at: number | null, revoked_at: number | null }
  uploads: { id: string, file: string, width: number, height: number, bytes: number, actor: string, at: number }

  mail_readers: { id: string, email: string, email_hash: string, state: 'unconfirmed' | 'active', wants: string, frequency: string, min_rating: number, asked_at: number, confirmed_at: number | null, position: number, token_hash: string, manage_hash: string, soft_bounces: number }
  push_readers: { id: string, endpoint: string, endpoint_hash: string, p256dh: string, auth: string, origin: string, wants: string, frequency: string, min_rating: number, asked_at: number, position: number, manage_hash: string }
  /** Addresses that must never be written to again: a keyed hash and why (unsubscribed, bounced, erased). */
  suppressions: { hash: string, reason: string, at: number }

  consumers: { name: string, checkpoint: number, plan_cursor: string, lease_owner: string | null, lease_until: number, fence: number, paused: number, pause_reason: string | null, last_error: string | null, last_error_at: number | null, updated_at: number }
  parked: { consumer: string, position: number, review_id: string, reason: string, at: number }
  /** The ledger: one row per event × part × recipient, for ever unique. */
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
    claimed_until: number | null
    reason: string | null
    receipt: string | null
    progress: string | null
    text: string | null
    created_at: number
    updated_at: number
  }
  /** Letters kept when no SMTP server is set. */
  outbox: { id: Generated<number>, message_id: string, recipient: string, subject: string, source: string, at: number }
}
