/**
 * Lets only one process at a time run a reactor, by a short lease with a fencing number, kept
 * beside the reactor's checkpoint.
 */
import { hostname } from 'node:os'
import type { Kysely, Transaction } from 'kysely'
import type { AppTables } from '../../db/schema'

export const LEASE_MS = 12_000
const OWNER = `${hostname()}:${process.pid}:${Math.random().toString(36).slice(2)}`

export interface Lease {
  name: string
  fence: number
}

/** The lease was taken by somebody else: stop writing at once. */
export class LeaseLost extends Error {
  constructor(name: string) {
    super(`lease of ${name} lost`)
    this.name = 'LeaseLost'
  }
}

/**
 * A part that has never run starts at the head, so that nobody is sent five years of reviews. From
 * then on it misses nothing.
 */
export async function startAtHead(
  app: Kysely<AppTables>,
  name: string,
  head: () => Promise<number>,
  now: number,
) {
  await app
    .insertInto('consumers')
    .values({
      name,
      checkpoint: await head(),
      plan_cursor: '',
      lease_owner: null,
      lease_until: 0,
      fence: 0,
      paused: 0,
      pause_reason: null,
      last_error: null,
      last_error_at: null,
      stopped: null,
      quota: null,
      updated_at: now,
    })
    .onConflict(c => c.column('name').doNothing())
    .execute()
}

/** `mayLive`: the holder before was another process that may still be sending. */
export type TakenLease = Lease & { mayLive: boolean }

/**
 * Takes the lease if it is free, abandoned, or belonged to a dead process on this host; undefined
 * otherwise.
 */
export async function takeLease(
  app: Kysely<AppTables>,
  name: string,
  head: () => Promise<number>,
  now: number,
  isAbandoned: (held: { fence: number; lease_until: number }) => boolean,
): Promise<TakenLease | undefined> {
  await startAtHead(app, name, head, now)
  const held = await app
    .selectFrom('consumers')
    .select(['lease_owner', 'lease_until', 'fence'])
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  const isFree = !held.lease_owner || isDead(held.lease_owner)
  if (!isFree && !isAbandoned(held)) return undefined
  const taken = await app
    .updateTable('consumers')
    .set({
      lease_owner: OWNER,
      lease_until: now + LEASE_MS,
      fence: held.fence + 1,
      updated_at: now,
    })
    .where('name', '=', name)
    .where('fence', '=', held.fence)
    .returning('fence')
    .executeTakeFirst()
  return taken && { name, fence: taken.fence, mayLive: !isFree }
}

/** Throws LeaseLost when another process has taken it. */
export async function renewLease(app: Kysely<AppTables>, lease: Lease, now: number) {
  const kept = await app
    .updateTable('consumers')
    .set({ lease_until: now + LEASE_MS })
    .where('name', '=', lease.name)
    .where('fence', '=', lease.fence)
    .executeTakeFirst()
  if (!kept.numUpdatedRows) throw new LeaseLost(lease.name)
}

export async function giveBackLease(app: Kysely<AppTables>, lease: Lease) {
  await app
    .updateTable('consumers')
    .set({ lease_owner: null, lease_until: 0 })
    .where('name', '=', lease.name)
    .where('fence', '=', lease.fence)
    .execute()
}

/**
 * Moves the checkpoint inside the caller's transaction; throws LeaseLost, so that the caller's rows
 * are rolled back too.
 */
export async function moveCheckpoint(
  tx: Transaction<AppTables>,
  lease: Lease,
  checkpoint: number,
  cursor: string,
  now: number,
) {
  const moved = await tx
    .updateTable('consumers')
    .set({ checkpoint, plan_cursor: cursor, updated_at: now })
    .where('name', '=', lease.name)
    .where('fence', '=', lease.fence)
    .executeTakeFirst()
  if (!moved.numUpdatedRows) throw new LeaseLost(lease.name)
}

/** A process on this host that is gone, or whose process id is now ours, will not come back. */
function isDead(owner: string): boolean {
  const [host, pid] = owner.split(':')
  if (host !== hostname() || owner === OWNER) return false
  if (Number(pid) === process.pid) return true
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
