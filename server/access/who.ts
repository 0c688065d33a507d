/**
 * Finds out who sends a request and what they may do. A handler that does not ask here is public.
 */
import { getRequestHeader, type H3Event, setResponseHeader } from 'h3'
import { limit } from '../http/limits'
import { Problem } from '../http/problem'
import { requireSameOrigin } from '../http/same-origin'
import type { Role } from './people'
import { personOfSession } from './sessions'
import { holderOfToken, type Scope, SCOPES } from './tokens'

/**
 * `id` and `name` are also those of the critic. `caller` identifies the person at the desk or the
 * token, for limits and idempotency keys.
 */
export interface Who {
  kind: 'session' | 'token'
  id: string
  name: string
  email: string
  role: Role
  scopes: readonly Scope[]
  caller: string
}

declare module 'h3' {
  interface H3EventContext {
    who?: Promise<Who | null>
  }
}

const RANK: Record<Role, number> = { critic: 1, editor: 2, owner: 3 }
/** The scopes that a person at the desk has without a token; most are the editors'. */
const SCOPES_OF: Record<Role, readonly Scope[]> = {
  critic: ['reviews'],
  editor: SCOPES,
  owner: SCOPES,
}

/**
 * The person behind a request, or null. A write by cookie must come from one of our pages (403);
 * writes are limited per caller (429).
 */
export const whoAmI = (event: H3Event): Promise<Who | null> => (event.context.who ??= find(event))

/**
 * The person behind a request, if they have at least this role; 401 for nobody, 403 for a lower
 * role. A token acts for its person only with the scope `reviews`.
 */
export async function requireRole(event: H3Event, role: Role): Promise<Who> {
  const who = await requireSomebody(event)
  if (!who.scopes.includes('reviews'))
    throw new Problem(403, 'Not allowed', 'This token lacks the scope reviews.')
  if (RANK[who.role] < RANK[role])
    throw new Problem(403, 'Not allowed', `This needs the role ${role}.`)
  return who
}

/**
 * The person behind a request, if they have this scope: a token that was given it, or a person
 * whose role includes it. 401 and 403 likewise.
 */
export async function requireScope(event: H3Event, scope: Scope): Promise<Who> {
  const who = await requireSomebody(event)
  if (!who.scopes.includes(scope))
    throw new Problem(
      403,
      'Not allowed',
      who.kind === 'token' ? `This token lacks the scope ${scope}.` : 'This needs the role editor.',
    )
  return who
}

/**
 * A person at the desk, not a token: for what a leaked token must never do, such as creating more
 * tokens.
 */
export async function requireSession(event: H3Event, role: Role = 'critic'): Promise<Who> {
  if ((await requireSomebody(event)).kind === 'token')
    throw new Problem(403, 'Not allowed', 'A token cannot do this. Sign in.')
  return requireRole(event, role)
}

/**
 * Whose things somebody may manage: a token only those of the person who made it (their id); a
 * person at the desk, whose role has been checked, everybody's (undefined).
 */
export const onlyOf = ({ kind, id }: Who): string | undefined => (kind === 'token' ? id : undefined)

/** Critics may edit their own reviews, editors all of them. */
export const mayEdit = (who: Pick<Who, 'id' | 'role'>, criticId: string) =>
  who.id === criticId || RANK[who.role] >= RANK.editor

export async function requireSomebody(event: H3Event): Promise<Who> {
  const who = await whoAmI(event)
  if (who) return who
  throw new Problem(
    401,
    'Not signed in',
    'Sign in, or send a token: Authorization: Bearer mm_…',
    undefined,
    { headers: { 'www-authenticate': 'Bearer' } },
  )
}

async function find(event: H3Event): Promise<Who | null> {
  const writes = event.method !== 'GET' && event.method !== 'HEAD'
  const who = (await byToken(event)) ?? (await bySession(event, writes))
  if (who && writes) limit(event, 'writes', who.caller)
  // An answer that depends on the person must not be cached for others.
  if (who) setResponseHeader(event, 'cache-control', 'private, no-store')
  return who
}

async function byToken(event: H3Event): Promise<Who | null> {
  const token = /^Bearer (mm_\S+)$/i.exec(getRequestHeader(event, 'authorization') ?? '')?.[1]
  const holder = token && (await holderOfToken(token))
  if (!holder) return null
  const { tokenId, ...person } = holder
  return {
    ...person,
    kind: 'token',
    caller: `token:${tokenId}`,
    scopes: holder.scopes.filter(scope => SCOPES_OF[holder.role].includes(scope)),
  }
}

/** A request with an Authorization header is never treated as the browser's session. */
async function bySession(event: H3Event, writes: boolean): Promise<Who | null> {
  if (getRequestHeader(event, 'authorization')) return null
  const person = await personOfSession(event)
  if (!person) return null
  if (writes) requireSameOrigin(event)
  return {
    ...person,
    kind: 'session',
    scopes: SCOPES_OF[person.role],
    caller: `person:${person.id}`,
  }
}
