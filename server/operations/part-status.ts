/**
 * Reports each consumer's state to operators: its position, how far behind it is, what it is doing,
 * and what last went wrong.
 */
import { type Kysely, type Selectable, sql } from 'kysely'
import type { PartState } from '../../shared/types/part-state'
import type { AppTables } from '../db/schema'
import type { Quota, Reactor } from '../delivery/contract/define-reactor'
import { lastHour, MINUTE, rateOf } from '../delivery/ledger/activity'
import { credentialStates } from '../delivery/ledger/credentials'
import type { Projector } from '../read-models/projector'
import type { Progress } from '../read-models/rebuilds'

type Consumer = Selectable<AppTables['consumers']>

const RECENT_TROUBLE = 2 * MINUTE

export function projectionStates(projector: Projector, head: number): PartState[] {
  return projector.followers.map(f => ({
    name: f.name,
    label: labelOf(f.name),
    kind: 'projection',
    state: f.error ? 'Failed' : 'Following',
    listensTo: Object.keys(f.projection.on).length,
    checkpoint: f.position,
    head,
    lag: Math.max(0, head - f.position),
    rate: 0,
    dead: f.parked.size,
    lastError: f.error ?? projector.rebuilds.progress.get(f.name)?.error,
    rebuild: shareDone(projector.rebuilds.progress.get(f.name)),
  }))
}

function shareDone(rebuilding?: Progress): number | undefined {
  if (!rebuilding || rebuilding.error) return undefined
  const { position, until } = rebuilding
  return until ? Math.min(1, position / until) : 0
}

export const labelOf = (name: string) =>
  `${name[0]!.toUpperCase()}${name.slice(1).replaceAll(/[-_]/g, ' ')}`

export async function reactorStates(
  app: Kysely<AppTables>,
  reactors: Reactor[],
  canSend: (reactor: Reactor) => true | string,
  head: number,
  now: number,
): Promise<PartState[]> {
  const rows = new Map(
    (await app.selectFrom('consumers').selectAll().execute()).map(row => [row.name, row]),
  )
  const [counts, hours] = [await countDeliveries(app), await lastHour(app, now)]
  const credentials = await credentialStates(app)
  const audiences = await countAudiences(reactors)
  return reactors.map(reactor => {
    const row = rows.get(reactor.name)
    const count = counts.get(reactor.name)
    const hour = hours.get(reactor.name)
    const able = canSend(reactor)
    const base = {
      name: reactor.name,
      label: reactor.label,
      kind: 'reactor' as const,
      listensTo: Object.keys(reactor.on).length,
      head,
    }
    if (able !== true) return { ...base, state: 'Not set up', reason: able, rate: 0 }
    return {
      ...base,
      state: stateOf(row, count?.retrying, now),
      reason: row?.pause_reason ?? row?.stopped ?? undefined,
      checkpoint: row?.checkpoint,
      lag: row ? Math.max(0, head - row.checkpoint) : undefined,
      rate: hour ? rateOf(hour, now) : 0,
      hour,
      waiting: count?.waiting ?? 0,
      dead: count?.dead ?? 0,
      lastError: row?.last_error ?? undefined,
      lastErrorAt: row?.last_error_at ? new Date(row.last_error_at).toISOString() : undefined,
      quota: quotaOf(row?.quota),
      audience: audiences.get(reactor.name),
      credential: reactor.renewal && credentials.get(reactor.name),
    }
  })
}

async function countAudiences(
  reactors: Reactor[],
): Promise<Map<string, NonNullable<PartState['audience']>>> {
  const counting = reactors.flatMap(({ name, unit = 'reader', countAudience }) =>
    countAudience ? [{ name, unit, countAudience }] : [],
  )
  const counted = counting.map(
    async ({ name, unit, countAudience }) =>
      [name, { count: await countAudience(), unit }] as const,
  )
  return new Map(await Promise.all(counted))
}

/** A recent error only counts while something is waiting because of it. */
function stateOf(
  row: Pick<Consumer, 'paused' | 'stopped' | 'last_error_at'> | undefined,
  retrying: number | undefined,
  now: number,
): PartState['state'] {
  if (row?.paused) return 'Paused'
  if (row?.stopped) return 'Stopped'
  const hasTrouble = row?.last_error_at && row.last_error_at > now - RECENT_TROUBLE
  return hasTrouble && retrying ? 'Retrying' : 'Following'
}

/** Counts each part's unfinished and dead rows; reads only those, however long the history is. */
export async function countDeliveries(
  app: Kysely<AppTables>,
): Promise<Map<string, { waiting: number; retrying: number; dead: number }>> {
  // There is one index for each, so that a row is counted without being read.
  const kinds = ['pending', 'sending', 'retry', 'dead'] as const
  const count = (kind: string) =>
    sql`SELECT reactor, ${sql.lit(kind)} AS kind, count(*) AS n FROM deliveries WHERE state = ${sql.lit(kind)} GROUP BY reactor`
  const { rows } = await sql<{
    reactor: string
    kind: (typeof kinds)[number]
    n: number
  }>`${sql.join(kinds.map(count), sql` UNION ALL `)}`.execute(app)
  return new Map(
    [...Map.groupBy(rows, row => row.reactor)].map(([reactor, counts]) => {
      const {
        pending = 0,
        sending = 0,
        retry = 0,
        dead = 0,
      } = Object.fromEntries(counts.map(({ kind, n }) => [kind, n]))
      return [reactor, { waiting: pending + sending + retry, retrying: retry, dead }]
    }),
  )
}

/** `stopped` is why it cannot send until somebody acts. */
export interface PartStatus {
  checkpoint: number
  paused: boolean
  reason: string | null
  stopped: string | null
  quota?: Quota
}

/**
 * For each part that ever ran: how far it has read, whether it is paused, and what its far side
 * last said.
 */
export async function partStatuses(app: Kysely<AppTables>): Promise<Map<string, PartStatus>> {
  const rows = await app
    .selectFrom('consumers')
    .select(['name', 'checkpoint', 'paused', 'pause_reason', 'stopped', 'quota'])
    .execute()
  return new Map(
    rows.map(({ name, checkpoint, paused, pause_reason, stopped, quota }) => [
      name,
      { checkpoint, paused: paused === 1, reason: pause_reason, stopped, quota: quotaOf(quota) },
    ]),
  )
}

/** Drops a quota whose time has passed. */
function quotaOf(kept: string | null | undefined): Quota | undefined {
  const quota = kept ? (JSON.parse(kept) as Quota) : undefined
  return quota && !(quota.until && Date.parse(quota.until) < Date.now()) ? quota : undefined
}

/** While paused, planned deliveries can be seen waiting. False for a part that never ran. */
export async function setPaused(
  app: Kysely<AppTables>,
  name: string,
  paused: boolean,
  reason: string | null,
  now: number,
): Promise<boolean> {
  const done = await app
    .updateTable('consumers')
    .set({ paused: paused ? 1 : 0, pause_reason: reason, updated_at: now })
    .where('name', '=', name)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}
