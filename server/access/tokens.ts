/** API tokens `mm_…` for scripts. The token itself is shown once; we keep its SHA-256. */
import { randomBytes, randomUUID } from 'node:crypto'
import { appReadOnly, useApp } from '../db/open'
import type { Role } from './people'
import { sha256 } from './session-hash'

export const SCOPES = ['reviews', 'readers', 'webhooks', 'parts', 'metrics'] as const
export type Scope = (typeof SCOPES)[number]

/** `usedAt` is exact to the minute. Times are ISO 8601. */
export interface ShownToken {
  id: string
  name: string
  scopes: Scope[]
  createdAt: string
  usedAt: string | null
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
  name: string,
  scopes: Scope[],
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
    })
    .execute()
  return { id, token }
}

/** Newest first. */
export async function tokensOf(personId: string): Promise<ShownToken[]> {
  const rows = await (
    await useApp()
  )
    .selectFrom('api_tokens')
    .selectAll()
    .where('user_id', '=', personId)
    .where('revoked_at', 'is', null)
    .orderBy('created_at', 'desc')
    .execute()
  return rows.map(row => ({
    id: row.id,
    name: row.name,
    scopes: readScopes(row.scopes),
    createdAt: new Date(row.created_at).toISOString(),
    usedAt: row.used_at === null ? null : new Date(row.used_at).toISOString(),
  }))
}

/** False when this person has no such token. */
export async function revokeToken(personId: string, id: string): Promise<boolean> {
  const { numUpdatedRows } = await (
    await useApp()
  )
    .updateTable('api_tokens')
    .set({ revoked_at: Date.now() })
    .where('id', '=', id)
    .where('user_id', '=', personId)
    .where('revoked_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows) > 0
}

export async function holderOfToken(token: string): Promise<TokenHolder | undefined> {
  if (!/^mm_[\w-]{43}$/.test(token)) return undefined
  const app = await useApp()
  const row = await appReadOnly()
    .selectFrom('api_tokens')
    .innerJoin('people', 'people.id', 'api_tokens.user_id')
    .where('hash', '=', sha256(token))
    .where('revoked_at', 'is', null)
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
