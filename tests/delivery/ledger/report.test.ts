/**
 * The operators' page, which asks every two seconds, only reads rows that are waiting or dead,
 * however many millions are done.
 */
import { sql } from 'kysely'
import { expect, it, vi } from 'vitest'
import { openAppInMemory } from '../../../server/db/open'
import { addToMinute, lastHour, MINUTE, rateOf } from '../../../server/delivery/ledger/activity'
import { nextDue } from '../../../server/delivery/ledger/claims'
import { deadLetters } from '../../../server/delivery/ledger/dead-letters'
import { clampDueTimes, reclaimInterrupted } from '../../../server/delivery/ledger/recovery'
import { reportOf } from '../../../server/delivery/ledger/report'
import { countDeliveries } from '../../../server/operations/part-status'
import { deliveryRow } from '../../support/delivery-rows'

/** SQLite's plan for every statement that a call runs. */
async function plansOf(
  run: (app: Awaited<ReturnType<typeof openAppInMemory>>) => Promise<unknown>,
): Promise<string[]> {
  const app = await openAppInMemory()
  const asked = vi.spyOn(app.getExecutor(), 'executeQuery')
  await run(app)
  const statements = asked.mock.calls.map(([query]) => query)
  const plans: string[] = []
  for (const { sql: text, parameters } of statements) {
    const pieces = text.split('?')
    const { rows } = await sql<{ detail: string }>`EXPLAIN QUERY PLAN ${sql.join(
      pieces.flatMap((piece, i) =>
        i ? [sql`${parameters[i - 1]}`, sql.raw(piece)] : [sql.raw(piece)],
      ),
      sql.raw(''),
    )}`.execute(app)
    plans.push(...rows.map(row => row.detail).filter(detail => / deliveries\b/.test(detail)))
  }
  return plans
}

it.each<[string, Parameters<typeof plansOf>[0], RegExp]>([
  [
    'the counts of every part',
    countDeliveries,
    /COVERING INDEX deliveries_(?:in_pending|in_sending|in_retry|dead)\b/,
  ],
  ['the newest dead letters', app => deadLetters(app), /INDEX deliveries_dead\b/],
  [
    'when the next one is due',
    app => nextDue(app, 'push', 1),
    /INDEX deliveries_due \(reactor=\? AND due_at>\?\)/,
  ],
  [
    'rows that a clock stranded',
    app => clampDueTimes(app, 'push', 1),
    /INDEX deliveries_due \(reactor=\? AND due_at>\?\)/,
  ],
  [
    'sends that a crash interrupted',
    app => reclaimInterrupted(app, 'push', 'c', { now: 1, mayLive: false }),
    /INDEX deliveries_in_sending \(reactor=\?\)/,
  ],
])('%s', async (_, run, index) => {
  const plans = await plansOf(run)
  expect(plans.length).toBeGreaterThan(0)
  for (const plan of plans) expect(plan).toMatch(index)
})

it('counts by part what is waiting, being retried, or dead', async () => {
  const app = await openAppInMemory()
  await app
    .insertInto('deliveries')
    .values([
      ...(['pending', 'sending', 'retry', 'retry', 'dead', 'accepted'] as const).map(state =>
        deliveryRow({ reactor: 'x', state }),
      ),
      deliveryRow({ reactor: 'y', state: 'accepted' }),
      deliveryRow({ reactor: 'z', state: 'dead' }),
    ])
    .execute()
  expect(Object.fromEntries(await countDeliveries(app))).toEqual({
    x: { waiting: 4, retrying: 2, dead: 1 },
    z: { waiting: 0, retrying: 0, dead: 1 },
  })
})

it('gives the most urgent reason: first of dead rows, then of rows to be retried, then the newest', async () => {
  const app = await openAppInMemory()
  const reasons = async () => (await reportOf(app, 'a'))[0]?.reason
  const add = async (
    state: 'dead' | 'retry' | 'suppressed',
    reason: string,
    updated_at: number,
  ) => {
    await app.insertInto('deliveries').values(deliveryRow({ state, reason, updated_at })).execute()
    return reasons()
  }
  expect(await add('suppressed', 'left', 40)).toBe('left')
  expect(await add('suppressed', 'left later', 50)).toBe('left later')
  expect(await add('retry', '503', 30)).toBe('503')
  expect(await add('retry', 'older', 20)).toBe('503')
  expect(await add('dead', 'gone', 10)).toBe('gone')
  expect(await add('dead', 'gone too', 11)).toBe('gone too')
})

it('remembers an hour minute by minute, and the rate of the last one', async () => {
  const app = await openAppInMemory()
  const now = 1000 * MINUTE + MINUTE / 4
  await addToMinute(app, 'push', { accepted: 7, failed: 1 }, now - 90 * MINUTE)
  await addToMinute(app, 'push', { accepted: 40, failed: 0 }, now - MINUTE)
  for (const accepted of [10, 20]) await addToMinute(app, 'push', { accepted, failed: 2 }, now)
  await addToMinute(app, 'idle', { accepted: 0, failed: 0 }, now)
  const hours = await lastHour(app, now)
  const hour = hours.get('push')!
  expect([...hours.keys()]).toEqual(['push'])
  expect([hour.accepted.length, hour.accepted.slice(-3), hour.failed.slice(-2)]).toEqual([
    60,
    [0, 40, 30],
    [0, 4],
  ])
  expect(rateOf(hour, now)).toBe((30 + 40 * 0.75) / 60)
})
