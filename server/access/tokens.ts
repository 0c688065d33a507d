/** API tokens `mm_…` for scripts. The token itself is shown once; we keep its SHA-256. */
import { randomBytes, randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { ShownToken } from '../../shared/types/api-token'
import { type Scope, SCOPES } from '../../shared/types/scopes'
import { appReadOnly, useApp } from '../db/open'
import type { AppTables } from '../db/schema'
import type { Role } from './people'
import { sha256 } from './session-hash'

export { type Scope, SCOPES }

/** What makes a token; `expiresAt` is ISO 8601, without one it lasts until it is revoked. */
export interface NewToken {
  name: string
  scopes: Scope[]
  expiresAt?: string | null
}
export interface TokenHolder {
  tokenId: string
  id: string
  name: string
  email: string
  role: Role
  scopes: Scope[]
}

const MINUTE = 60_000

export async function makeToken(
  personId: string,
  { name, scopes, expiresAt }: NewToken,
): Promise<{ id: string; token: string }> {
  const id = randomUUID()
  const token = `mm_${randomBytes(32).toString('base64url')}`
  await (
    await useApp()
  )
    .insertInto('api_tokens')
    .values({
      id,
      hash: sha256(token),
      name,
      scopes: JSON.stringify(scopes),
      user_id: personId,
      created_at: Date.now(),
      used_at: null,
      revoked_at: null,
      expires_at: expiresAt ? Date.parse(expiresAt) : null,
    })
    .execute()
  return { id, token }
}

/** Newest first, those that have ended too; without a person, everybody's. */
export async function listTokens(ofPerson?: string): Promise<ShownToken[]> {
  const rows = await (
    await useApp()
  )
    .selectFrom('api_tokens')
    .innerJoin('people', 'people.id', 'api_tokens.user_id')
    .select(['api_tokens.id', 'api_tokens.name', 'scopes', 'created_at', 'used_at', 'expires_at'])
    .select(['people.id as ownerId', 'people.name as owner'])
    .where('revoked_at', 'is', null)
    .$if(ofPerson !== undefined, query => query.where('user_id', '=', ofPerson!))
    .orderBy('created_at', 'desc')
    .execute()
  return rows.map(({ id, name, scopes, ownerId, owner, ...times }) => ({
    id,
    name,
    scopes: readScopes(scopes),
    createdAt: new Date(times.created_at).toISOString(),
    usedAt: timeOrNull(times.used_at),
    expiresAt: timeOrNull(times.expires_at),
    owner: { id: ownerId, name: owner },
  }))
}

const timeOrNull = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())

/** Undefined when there is no such token, or, with a person, when it is not theirs. */
export async function revokeToken(
  id: string,
  ofPerson?: string,
): Promise<{ name: string; user_id: string } | undefined> {
  return (await useApp())
    .updateTable('api_tokens')
    .set({ revoked_at: Date.now() })
    .where('id', '=', id)
    .$if(ofPerson !== undefined, query => query.where('user_id', '=', ofPerson!))
    .where('revoked_at', 'is', null)
    .returning(['name', 'user_id'])
    .executeTakeFirst()
}

/** Revokes all of a person's tokens. */
export const revokeTokensOf = (db: Kysely<AppTables>, personId: string) =>
  db
    .updateTable('api_tokens')
    .set({ revoked_at: Date.now() })
    .where('user_id', '=', personId)
    .where('revoked_at', 'is', null)
    .execute()

export async function holderOfToken(token: string): Promise<TokenHolder | undefined> {
  if (!/^mm_[\w-]{43}$/.test(token)) return undefined
  const app = await useApp()
  const row = await appReadOnly()
    .selectFrom('api_tokens')
    .innerJoin('people', 'people.id', 'api_tokens.user_id')
    .where('hash', '=', sha256(token))
    .where('revoked_at', 'is', null)
    .where(row => row.or([row('expires_at', 'is', null), row('expires_at', '>', Date.now())]))
    .select([
      'api_tokens.id as tokenId',
      'people.id',
      'people.name',
      'people.email',
      'people.role',
      'scopes',
      'used_at',
    ])
    .executeTakeFirst()
  if (!row) return undefined
  const { used_at, scopes, ...holder } = row
  const now = Date.now()
  // Nobody waits for this, and a full disk must not prevent reading.
  if (now - (used_at ?? 0) > MINUTE)
    void app
      .updateTable('api_tokens')
      .set({ used_at: now })
      .where('id', '=', row.tokenId)
      .execute()
      .catch(() => {})
  return { ...holder, scopes: readScopes(scopes) }
}

/** Text on SQLite, already an array on PostgreSQL. */
const readScopes = (kept: unknown): Scope[] =>
  typeof kept === 'string' ? JSON.parse(kept) : (kept as Scope[])
