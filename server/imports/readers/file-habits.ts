/** Learns from the first records of a file what a single line cannot tell. */
import { columnsOf } from './columns'
import { consentIn } from './consent'
import type { FileRecord } from './records'
import { type DayOrder, orderIn } from './written-day'

/** At most this many records are looked at before the first is imported. */
const LOOKED_AT = 2000

/** `dayOrder` is proven by a day above 12, else assumed: then `assumed` is such a date. */
export interface FileHabits {
  dayOrder?: DayOrder
  assumed?: string
}

/** The records again, all of them, with what their file tells. */
export async function learnHabits(
  records: AsyncGenerator<FileRecord>,
): Promise<{ habits: FileHabits; records: AsyncIterable<FileRecord> }> {
  const first: FileRecord[] = []
  while (first.length < LOOKED_AT) {
    const { done, value } = await records.next()
    if (done) break
    first.push(value)
  }
  return { habits: habitsOf(first), records: after(first, records) }
}

function habitsOf(records: FileRecord[]): FileHabits {
  const written = records.flatMap(record => {
    const { value } = { value: undefined, ...record }
    return (typeof value === 'object' && value && consentIn(columnsOf(value))) || []
  })
  const orders = new Set(written.map(orderIn))
  const proven = (['day-first', 'month-first'] as const).filter(order => orders.has(order))
  if (proven.length) return proven.length === 1 ? { dayOrder: proven[0] } : {}
  const assumed = written.find(text => orderIn(text) === 'ambiguous')
  return assumed ? { dayOrder: 'month-first', assumed } : {}
}

async function* after(first: FileRecord[], rest: AsyncGenerator<FileRecord>) {
  yield* first
  yield* rest
}
