/** Every consumer's state, for the operators: where it stands, how far behind, what it does, what last went wrong. */
import { sql, type Kysely } from 'kysely'
import type { PartState } from '../../shared/types/part-state'
import type { AppTables } from '../db/schema'
import type { Projector } from './project'
import type { Reactor } from './define-reactor'

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
      ...base, state: row?.paused ? 'Paused' : troubled && count?.retrying ? 'Retrying' : 'Following', reason: row?.pause_reason ?? undefined,
      checkpoint: row?.checkpoint, lag: row ? Math.max(0, head - row.checkpoint) : undefined, rate: (count?.sent ?? 0) / 60, waiting: count?.waiting ?? 0, dead: count?.dead ?? 0,
      lastError: row?.last_error ?? undefined, lastErrorAt: row?.last_error_at ? new Date(row.last_error_at).toISOString() : undefined,
    }
  })
}

export interface Standing { checkpoint: number, paused: boolean, reason: string | null }

/** How far each part that ever ran has read, and whether it is paused. */
export async function checkpoints(app: Kysely<AppTables>): Promise<Map<string, Standing>> {
  const rows = await app.selectFrom('consumers').select(['name', 'checkpoint', 'paused', 'pause_reason']).execute()
  return new Map(rows.map(({ name, checkpoint, paused, pause_reason }) => [name, { checkpoint, paused: paused === 1, reason: pause_reason }]))
}

/** What is planned waits, visibly. False for a part that never ran. */
export async function setPaused(app: Kysely<AppTables>, name: string, paused: boolean, reason: string | null, now: number): Promise<boolean> {
  const done = await app.updateTable('consumers').set({ paused: paused ? 1 : 0, pause_reason: reason, updated_at: now }).where('name', '=', name).executeTakeFirst()
  return done.numUpdatedRows > 0n
}
