/** The tables of app.sqlite (or of the one PostgreSQL): what is neither a fact nor derived from facts. Times are ms since the epoch. */
import type { Generated } from 'kysely'
import type { Wants } from '../../shared/types/wants'

type Frequency = NonNullable<Wants['frequency']>

export interface AppTables {
  /** Only what a critic changed and has not published: overlays the published text. `edits` counts changes; what was published after version `base` is still to be taken out (drafts/settled.ts). */
  working_copies: {
    review_id: string
    critic_id: string
    fields: string
    edits: number
    base: Generated<number>
    updated_at: number
    updated_by: string
  }
  revisions: {
    id: Generated<number>
    review_id: string
    version: number
    fields: string
    at: number
    actor: string
  }
  /** Drafts that were put away; only while their review is still a draft does this mean anything. */
  discarded: { review_id: string; at: number; actor: string }
  slugs: { slug: string; review_id: string }
  idempotency: { key: string; body_hash: string; status: number; answer: string; at: number }
  api_tokens: {
    id: string
    hash: string
    name: string
    scopes: string
    user_id: string
    created_at: number
    used_at: number | null
    revoked_at: number | null
  }
  uploads: {
    id: string
    file: string
    width: number
    height: number
    bytes: number
    actor: string
    at: number
  }

  /** Who may sign in. These four have the columns that better-auth expects, in its spelling; its times are ISO 8601. */
  people: {
    id: string
    name: string
    email: string
    emailVerified: number
    image: string | null
    role: 'owner' | 'editor' | 'critic'
    createdAt: string
    updatedAt: string
  }
  /** `token` is the SHA-256 of what the cookie carries. */
  sessions: {
    id: string
    token: string
    userId: string
    expiresAt: string
    ipAddress: string | null
    userAgent: string | null
    createdAt: string
    updatedAt: string
  }
  credentials: {
    id: string
    accountId: string
    providerId: string
    userId: string
    password: string | null
    createdAt: string
    updatedAt: string
  }
  verifications: {
    id: string
    identifier: string
    value: string
    expiresAt: string
    createdAt: string
    updatedAt: string
  }

  /** `wants` holds what was confirmed; `asked` what somebody asked for in this address's name since, until the letter of `asked_at` is answered. `letters` counts those since `letters_since`. */
  mail_readers: {
    id: string
    email: string
    email_hash: string
    state: 'unconfirmed' | 'active'
    wants: string
    frequency: Frequency
    min_rating: number
    asked: string | null
    asked_at: number
    letters: number
    letters_since: number
    confirmed_at: number | null
    position: number
    soft_bounces: number
  }
  push_readers: {
    id: string
    endpoint: string
    endpoint_hash: string
    p256dh: string
    auth: string
    origin: string
    wants: string
    frequency: Frequency
    min_rating: number
    asked_at: number
    position: number
  }
  /** Addresses that no import may bring back: a keyed hash and why. */
  suppressions: { hash: string; reason: 'unsubscribed' | 'bounced' | 'erased'; at: number }

  /** `stopped` is why a part cannot send (wrong credentials), `quota` what its far side still allows, as JSON. */
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
  parked: { consumer: string; position: number; review_id: string; reason: string; at: number }
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
    reason: string | null
    receipt: string | null
    progress: string | null
    text: string | null
    created_at: number
    updated_at: number
  }
  /** "Hold everything": no fact of this review from before `at` leaves, not even by a part that had not read it yet. */
  holds: { review_id: string; reason: string; at: number }
  /** Deliveries of one part that were answered well, or failed, in one minute (ms / 60,000). Kept for two hours. */
  part_minutes: { part: string; minute: number; accepted: number; failed: number }

  /** What needs a person, one row for ever per kind of trouble (`about`). `count` since it opened, `said` of them in the newest letter, `said_before` in the one before; `noted_at`: the letter that it is settled. */
  alerts: {
    about: string
    says: string
    unit: string | null
    sample: string | null
    todo: string
    link: string
    count: number
    said: number
    said_before: number
    opened_at: number
    unsaid_since: number
    last_at: number
    told_at: number | null
    settled_at: number | null
    noted_at: number | null
  }
  /** Letters to operators that wait to be sent: what about (JSON), never the address; the words are those of the moment. */
  alert_letters: {
    person_id: string
    abouts: string
    created_at: number
    attempts: number
    due_at: number
  }
  alert_dismissals: { person_id: string; about: string; at: number }
  /** Confirmation letters that wait to be sent: who asked, never the address nor the token. */
  confirmations: { reader_id: string; attempts: number; due_at: number; created_at: number }
  /**
   * Who is called on each notice. `secret` signs, so it is kept as it is, and so is the one before it until `previous_until`. `types` (CloudEvents types; null: all) and `fields` are JSON. Told of what comes
   * after `position`. Switched off since `disabled_at`: by us for `disabled_reason`, by a person where that is null. `failing_since` is the first failure after the last success; `last_…` is the last answer.
   */
  webhooks: {
    id: string
    owner: string
    url: string
    secret: string
    previous_secret: string | null
    previous_until: number | null
    types: string | null
    shape: 'thin' | 'fat' | 'pick'
    fields: string | null
    position: number
    command_id: string | null
    created_at: number
    disabled_at: number | null
    disabled_reason: string | null
    failing_since: number | null
    last_at: number | null
    last_status: number | null
    last_ms: number | null
    last_said: string | null
  }
  /** Letters kept when no SMTP server is set. */
  outbox: {
    id: Generated<number>
    message_id: string
    sender: string
    recipient: string
    subject: string
    source: string
    at: number
  }
}
