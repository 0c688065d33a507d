/** A log of a million events: how fast its hash chain is walked, all read models are rebuilt from it, and then compared with it. */
import { join } from 'node:path'
import projections from '#projections'
import { connect } from '../server/db/connect'
import { openViews } from '../server/db/views-file'
import { openSqliteLog } from '../server/log/sqlite/sqlite'
import { verifyAll } from '../server/log/sqlite/verify'
import { build } from '../server/read-models/build'
import { firstDifference } from '../server/read-models/compare'
import { swapIn } from '../server/read-models/versioned-tables'
import type { BookkeepingTables } from '../server/read-models/views'
import { scratchFolder } from './floor'
import { writeLongLog } from './long-log'
import { computed, type Row, timed, within } from './row'

const EVENTS = 1_000_000
const COUNTED_EVERY = 40
/** The background check of the log would take the second core. */
const LATER = { checkAfter: 3_600_000 }

export async function run(): Promise<Row[]> {
  const folder = scratchFolder()
  const file = join(folder, 'log.sqlite')
  await writeLongLog(file, EVENTS)
  return [...(await walk(file)), ...(await rebuild(folder, file))]
}

async function walk(file: string): Promise<Row[]> {
  const db = connect(file, { readOnly: true })
  const ms = await computed(() => verifyAll(db))
  db.close()
  const value = EVENTS / (ms / 1000)
  return [
    {
      name: 'verify: the walk of the hash chain',
      value,
      unit: 'events/CPU-s',
      target: '≥ 200,000',
      ok: value >= 200_000,
    },
  ]
}

async function rebuild(folder: string, file: string): Promise<Row[]> {
  const log = openSqliteLog(file, LATER)
  const views = openViews<BookkeepingTables>(join(folder, 'views.sqlite'))
  let most = 0
  let batches = 0
  const whole = await measured(async () => {
    await build(log, views, projections, {
      afterBatch() {
        if (batches++ % COUNTED_EVERY === 0) most = Math.max(most, process.memoryUsage.rss())
      },
    })
    for (const projection of projections) await swapIn(views, projection)
  })
  const compared = await measured(async () => {
    for (const projection of projections)
      if (await firstDifference(views, views, projection)) throw new Error('it differs from itself')
  })
  await views.destroy()
  await log.close()
  return [
    within(25, { name: 'rebuild of a million events', value: whole.wall, unit: 's' }),
    { name: 'rebuild, CPU time', value: whole.cpu, unit: 's' },
    within(300, { name: 'rebuild, most memory', value: most / 1e6, unit: 'MB' }),
    { name: 'verify: the comparison, after a rebuild', value: compared.wall, unit: 's' },
  ]
}

async function measured(work: () => Promise<void>) {
  let wall = 0
  const cpu = await computed(async () => {
    wall = await timed(work)
  })
  return { wall: wall / 1000, cpu: cpu / 1000 }
}
