/** An API token as it is listed: never with its secret. Times are ISO 8601. */
import type { Scope } from './scopes'

export interface ShownToken {
  id: string
  name: string
  scopes: Scope[]
  createdAt: string
  /** Exact to the minute; null until it is used. */
  usedAt: string | null
  /** Null: until it is revoked. */
  expiresAt: string | null
  /** Whose it is. */
  owner: { id: string; name: string }
}
