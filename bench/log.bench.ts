/** What the log costs, beside one fsynced insert. */
import { join } from 'node:path'
import type { EventLog, NewEvent } from '../server/log/event-log'
import { openSqliteLog } from '../server/log/sqlite/sqlite'
import { Floor, scratchFolder } from './floor'
import { computed, quantile, type Row, timed } from './row'

const at = new Date().toISOString()
/** About 1 kB when stored. */
const event: NewEvent = {
  type: 'ReviewArchived',
  data: { id: 'r', reason: 'word '.repeat(160), archivedAt: at },
  meta: { actor: 'critic-1' },
  at,
}

export async function run(): Promise<Row[]> {
  const file = join(scratchFolder(), 'log.sqlite')
  const log = openSqliteLog(file)
  const other = openSqliteLog(file)
  await log.append('first', 'any', [event])
  const rows = [
    ...(await single(log)),
    ...(await sealing(log)),
    await atOnce(log),
    await batches(log),
    await catchUp(log),
    ...(await follow('here', log, log)),
    ...(await follow('in another process', log, other)),
  ]
  await log.close()
  await other.close()
  return rows
}

async function single(log: EventLog): Promise<Row[]> {
  const floor = new Floor()
  const samples: number[] = []
  for (let round = 0; round < 40; round++) {
    floor.insert(50)
    for (let i = 0; i < 50; i++)
      samples.push(await timed(() => log.append(`single-${round}`, i, [event])))
  }
  const figures = (share: number) => {
    const value = quantile(samples, share)
    const yardstick = quantile(floor.samples, share)
    const ratio = value / yardstick
    const name = `p${share * 100}`
    return [
      { name: `one fsynced insert, ${name}`, value: yardstick, unit: 'ms' },
      {
        name: `one append, ${name}`,
        value,
        unit: 'ms',
        ratio,
        target: '≤ 4 × the insert',
        ok: ratio <= 4,
      },
    ]
  }
  return [
    ...figures(0.5),
    ...figures(0.99),
    {
      name: 'appends one after the other',
      value: (1000 * samples.length) / sum(samples),
      unit: '/s',
      ratio: sum(floor.samples) / sum(samples),
    },
  ]
}

/** Of the same size, without a text that would be sealed. */
const unsealed: NewEvent = {
  type: 'ReviewRestored',
  data: { id: 'r'.repeat(800), restoredAt: at },
  meta: { actor: 'critic-1' },
  at,
}

/** Appends of both kinds in turn, a new stream with each round. */
async function sealing(log: EventLog): Promise<Row[]> {
  const samples = { sealed: [] as number[], plain: [] as number[] }
  for (let round = 0; round < 100; round++)
    for (let i = 0; i < 10; i++) {
      samples.sealed.push(await timed(() => log.append(`sealed-${round}`, i, [event])))
      samples.plain.push(await timed(() => log.append(`plain-${round}`, i, [unsealed])))
    }
  return [0.5, 0.9].map(share => {
    const value = quantile(samples.sealed, share)
    const ratio = value / quantile(samples.plain, share)
    return {
      name: `one append with a text to seal, p${share * 100}`,
      value,
      unit: 'ms',
      ratio,
      target: '≤ 1.1 × one without',
      ok: ratio <= 1.1,
    }
  })
}

async function atOnce(log: EventLog): Promise<Row> {
  const floor = new Floor()
  const count = 4000
  floor.insert(500)
  const ms = await timed(() =>
    Promise.all(
      Array.from({ length: 64 }, async (_, i) => {
        for (let n = 0; n < count / 64; n++) await log.append(`at-once-${i}`, n, [event])
      }),
    ),
  )
  const value = (1000 * count) / ms
  const ratio = value / ((1000 * 500) / sum(floor.samples))
  return {
    name: 'appends, 64 at once',
    value,
    unit: '/s',
    ratio,
    target: '> the inserts',
    ok: ratio > 1,
  }
}

async function batches(log: EventLog): Promise<Row> {
  const floor = new Floor()
  const samples: number[] = []
  const hundred = Array.from({ length: 100 }, () => event)
  for (let round = 0; round < 20; round++) {
    floor.insert(20, 100)
    for (let i = 0; i < 20; i++)
      samples.push(await timed(() => log.append(`batch-${round}`, i * 100, hundred)))
  }
  return {
    name: 'events in batches of 100',
    value: (100_000 * samples.length) / sum(samples),
    unit: '/s',
    ratio: sum(floor.samples) / sum(samples),
  }
}

async function catchUp(log: EventLog): Promise<Row> {
  let after = 0
  const ms = await computed(async () => {
    for (let page = await log.read({ after }); page.length; page = await log.read({ after }))
      after = page.at(-1)!.position
  })
  return {
    name: 'events read and checked from the first',
    value: (1000 * after) / ms,
    unit: '/CPU s',
    target: '≥ 50,000',
    ok: after / ms >= 50,
  }
}

/** From the call of append until a follower has the event. */
async function follow(where: string, log: EventLog, follower: EventLog): Promise<Row[]> {
  const samples: number[] = []
  for (let i = 0; i < 300; i++) {
    const before = await follower.head()
    const seen = follower.wait(before).then(() => follower.read({ after: before }))
    await new Promise(resolve => setTimeout(resolve, Math.random() * 5))
    samples.push(
      await timed(async () => {
        await Promise.all([log.append(`follow-${where}`, i, [event]), seen])
      }),
    )
  }
  return [0.5, 0.99].map(share => ({
    name: `append to follower ${where}, p${share * 100}`,
    value: quantile(samples, share),
    unit: 'ms',
  }))
}

const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0)
