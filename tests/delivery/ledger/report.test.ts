/** What the operators' page asks every two seconds reads what waits or died, and never what is done, however many millions that are. */
import { sql } from 'kysely'
import { expect, it, vi } from 'vitest'
import { openAppInMemory } from '../../../server/db/open'
import { addToMinute, lastHour, MINUTE, rateOf } from '../../../server/delivery/ledger/activity'
import { nextDue } from '../../../server/delivery/ledger/claims'
import { deadLetters } from '../../../server/delivery/ledger/dead-letters'
import { clampDueTimes, reclaimInterrupted } from '../../../server/delivery/ledger/recovery'
import { countDeliveries } from '../../../server/operations/part-status'

/** The plan of every statement that a call runs, as SQLite says it. */
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
    'what a clock stranded',
    app => clampDueTimes(app, 'push', 1),
    /INDEX deliveries_due \(reactor=\? AND due_at>\?\)/,
  ],
  [
    'what a crash cut',
    app => reclaimInterrupted(app, 'push', 'c', 1),
    /INDEX deliveries_in_sending \(reactor=\?\)/,
  ],
])('%s', async (_, run, index) => {
  const plans = await plansOf(run)
  expect(plans.length).toBeGreaterThan(0)
  for (const plan of plans) expect(plan).toMatch(index)
})

it('counts what waits, is tried again, or died, by part', async () => {
  const app = await openAppInMemory()
  const row = (
    reactor: string,
    state: 'pending' | 'sending' | 'retry' | 'dead' | 'accepted',
    n: number,
  ) => ({
    reactor,
    event_id: `${state}${n}`,
    position: 1,
    review_id: 'r',
    type: 'ReviewPublished',
    recipient: '',
    origin: '',
    state,
    attempts: 0,
    due_at: 1,
    created_at: 1,
    updated_at: 1,
  })
  await app
    .insertInto('deliveries')
    .values([
      row('x', 'pending', 1),
      row('x', 'sending', 1),
      row('x', 'retry', 1),
      row('x', 'retry', 2),
      row('x', 'dead', 1),
      row('x', 'accepted', 1),
      row('y', 'accepted', 1),
      row('z', 'dead', 1),
    ])
    .execute()
  expect(Object.fromEntries(await countDeliveries(app))).toEqual({
    x: { waiting: 4, retrying: 2, dead: 1 },
    z: { waiting: 0, retrying: 0, dead: 1 },
  })
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
