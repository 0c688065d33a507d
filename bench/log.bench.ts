/** What the log costs, beside one fsynced insert. */
import { fsyncedInserts } from './floor'
import { quantile, type Row } from './row'

export async function run(): Promise<Row[]> {
  const floor = fsyncedInserts(2000)
  return [
    { name: 'one fsynced insert, p50', value: quantile(floor, 0.5), unit: 'ms' },
    { name: 'one fsynced insert, p99', value: quantile(floor, 0.99), unit: 'ms' },
  ]
}
