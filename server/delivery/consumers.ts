/** Every consumer's state, for the operators: where it stands, how far behind, what it does, what last went wrong. */
import { sql, type Kysely } from 'kysely'
import type { PartState } from '../../shared/types/part-state'
import type { AppTables } from '../db/schema'
import type { Projector } from './project'
import type { Quota, Reactor } from './define-reactor'

const MINUTE = 60_000, RECENT_TROUBLE = 2 * MINUTE

export function projectionStates(projector: Projector, head: number): PartState[] {
  return projector.followers.map(f => ({ name: f.name, label: labelOf(f.name), kind: 'projection', state: f.error ? 'Failed' : 'Following', listensTo: Object.keys(f.projection.on).length, checkpoint: f.position, head, lag: Math.max(0, head - f.position), rate: 0, dead: f.parked.size, lastError: f.error }))
}

const labelOf = (name: string) => `${name[0]!.toUpperCase()}${name.slice(1).replaceAll(/[-_]/g, ' ')}`

export async function reactorStates(app: Kysely<AppTables>, reactors: Reactor[], canSend: (reactor: Reactor) => true | string, head: number, now: number): Promise<PartState[]> {
  const rows = new Map((await app.selectFrom('consumers').selectAll().execute()).map(row => [row.name, row]))
  const counts = new Map((await app.selectFrom('deliveries').select(['reactor', sql<number>`sum(state IN ('pending', 'sending', 'retry'))`.as('waiting'), sql<number>`sum(state = 'retry')`.as('retrying'), sql<number>`sum(state = 'dead')`.as('dead'), sql<number>`sum(state = 'accepted' AND updated_at > ${now - MINUTE})`.as('sent')]).groupBy('reactor').execute()).map(row => [row.reactor, row]))
  return reactors.map((reactor) => {
    const row = rows.get(reactor.name), count = counts.get(reactor.name), able = canSend(reactor), base = { name: reactor.name, label: reactor.label, kind: 'reactor' as const, listensTo: Object.keys(reactor.on).length, head }
    if (able !== true) return { ...base, state: 'Not set up', reason: able, rate: 0 }
    const troubled = row?.last_error_at && row.last_error_at > now - RECENT_TROUBLE
    return {
      ...base, state: row?.paused ? 'Paused' : row?.stopped ? 'Stopped' : troubled && count?.retrying ? 'Retrying' : 'Following', reason: row?.pause_reason ?? row?.stopped ?? undefined,
      checkpoint: row?.checkpoint, lag: row ? Math.max(0, head - row.checkpoint) : undefined, rate: (count?.sent ?? 0) / 60, waiting: count?.waiting ?? 0, dead: count?.dead ?? 0,
      lastError: row?.last_error ?? undefined, lastErrorAt: row?.last_error_at ? new Date(row.last_error_at).toISOString() : undefined, quota: quotaOf(row?.quota),
    }
  })
}

/** `stopped` is why it cannot send until somebody acts. */
export interface Standing { checkpoint: number, paused: boolean, reason: string | null, stopped: string | null, quota?: Quota }

/** How far each part that ever ran has read, whether it is paused, and how it stands with its far side. */
export async function checkpoints(app: Kysely<AppTables>): Promise<Map<string, Standing>> {
  const rows = await app.selectFrom('consumers').select(['name', 'checkpoint', 'paused', 'pause_reason', 'stopped', 'quota']).execute()
  return new Map(rows.map(({ name, checkpoint, paused, pause_reason, stopped, quota }) => [name, { checkpoint, paused: paused === 1, reason: pause_reason, stopped, quota: quotaOf(quota) }]))
}

/** A quota whose time has passed says nothing any more. */
function quotaOf(kept: string | null | undefined): Quota | undefined {
  const quota = kept ? JSON.parse(kept) as Quota : undefined
  return quota && !(quota.until && Date.parse(quota.until) < Date.now()) ? quota : undefined
}

/** What is planned waits, visibly. False for a part that never ran. */
export async function setPaused(app: Kysely<AppTables>, name: string, paused: boolean, reason: string | null, now: number): Promise<boolean> {
  const done = await app.updateTable('consumers').set({ paused: paused ? 1 : 0, pause_reason: reason, updated_at: now }).where('name', '=', name).executeTakeFirst()
  return done.numUpdatedRows > 0n
}
