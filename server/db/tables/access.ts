/** People and their sessions, API tokens, and the answers kept for requests that are sent twice. */
import type { Generated } from 'kysely'

export interface AccessTables {
  /**
   * The people who may sign in. These four tables have the columns that better-auth expects, in its
   * spelling; its times are ISO 8601. `bio` is public, and was last changed at `bioAt` (ms).
   */
  people: {
    id: string
    name: string
    email: string
    emailVerified: number
    image: string | null
    role: 'owner' | 'editor' | 'critic'
    bio: Generated<string | null>
    bioAt: Generated<number | null>
    createdAt: string
    updatedAt: string
  }
  /** `token` is the SHA-256 of what the cookie carries, `ipAddress` a keyed hash of the network. */
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
  api_tokens: {
    id: string
    hash: string
    name: string
    scopes: string
    user_id: string
    created_at: number
    used_at: number | null
    revoked_at: number | null
    /** Null: until it is revoked. */
    expires_at: number | null
  }
  /** One row once there has been an account, for ever. */
  set_up: { one: 1; at: number }
  /**
   * `person` is who it is about, by name; `actor` who did it, if that was somebody else; `network`
   * the part of the client's address that does not name a household.
   */
  security_log: {
    id: Generated<number>
    at: number
    what: string
    person_id: string | null
    person: string
    actor: string | null
    about: string | null
    network: string | null
  }
  idempotency: { key: string; body_hash: string; status: number; answer: string; at: number }
}
