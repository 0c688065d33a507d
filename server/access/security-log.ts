/**
 * The security log: who got in or failed to, and who changed what people may do. Owners read it; it
 * is kept for a year and never names a client's full address.
 */
import { isIP } from 'node:net'
import type { H3Event } from 'h3'
import type { SecurityEvent, SecurityEventKind } from '../../shared/types/security-log'
import { useApp } from '../db/open'
import { clientAddress, limitKey } from '../http/limits'

const KEPT_MS = 366 * 24 * 3600_000
/** A flood of failed sign-ins must not fill the disk; the oldest are dropped first. */
const MOST = 20_000

interface Entry {
  what: SecurityEventKind
  /** Whom it is about; the name stays when the account is gone. */
  person: { id?: string; name: string }
  /** Who did it, if somebody else. */
  actor?: { id: string; name: string }
  /** The role, the token's name … */
  about?: string
}

/**
 * `event` is absent on the command line. Failing to write it must not undo what was done: that is
 * logged instead.
 */
export async function noteSecurity(
  event: H3Event | undefined,
  { what, person, actor, about }: Entry,
): Promise<void> {
  try {
    const app = await useApp()
    const { id } = await app
      .insertInto('security_log')
      .values({
        at: Date.now(),
        what,
        person_id: person.id ?? null,
        person: person.name,
        actor: actor && actor.id !== person.id ? actor.name : null,
        about: about ?? null,
        network: event ? shownNetwork(clientAddress(event)) : null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await prune(id)
  } catch (error) {
    console.error(`the security log could not be written: ${(error as Error).message}`)
  }
}

/** Newest first; `before` is an id. */
export async function readSecurityLog(before: number, limit: number): Promise<SecurityEvent[]> {
  const app = await useApp()
  const rows = await app
    .selectFrom('security_log')
    .selectAll()
    .where('id', '<', before)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ id, at, what, person, actor, about, network }) => ({
    id,
    at: new Date(at).toISOString(),
    what: what as SecurityEventKind,
    person,
    ...(actor && { actor }),
    ...(about && { about }),
    ...(network && { network }),
  }))
}

async function prune(newest: number) {
  const app = await useApp()
  await app
    .deleteFrom('security_log')
    .where(row => row.or([row('at', '<', Date.now() - KEPT_MS), row('id', '<=', newest - MOST)]))
    .execute()
}

/** "203.0.113.…": enough to tell one's own provider from another, not one's neighbours. */
function shownNetwork(address: string): string | null {
  if (isIP(address) === 4) return `${address.split('.').slice(0, 3).join('.')}.…`
  return isIP(address) === 6 ? `${limitKey(address).split(':').slice(0, 3).join(':')}:…` : null
}
