/** What parts cost that have nothing to do. */
import { defineReactor, type Reactor } from '../../server/delivery/contract/define-reactor'
import { type Row, within } from '../row'
import { type Around, begin, pause } from './begin'

const PARTS = 10
const REST_MS = 20_000

/** Percent of one core, above what the process costs without parts. */
export async function idleShare(around: Around): Promise<Row> {
  const alone = await percent()
  const parts = Array.from(
    { length: PARTS },
    (_, n) =>
      defineReactor({
        name: `idle-${n}`,
        label: `Idle ${n}`,
        on: { ReviewPublished: async () => undefined },
      }) as unknown as Reactor,
  )
  const stop = await begin(around, parts)
  await pause(1000)
  const busy = await percent()
  await stop()
  return within(1, {
    name: `${PARTS} parts that do nothing, share of one core`,
    value: Math.max(0, busy - alone),
    unit: '%',
  })
}

async function percent(): Promise<number> {
  const before = process.cpuUsage()
  await pause(REST_MS)
  const { user, system } = process.cpuUsage(before)
  return ((user + system) / 1000 / REST_MS) * 100
}
