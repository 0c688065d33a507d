/** Compares a read model with one that was folded anew, and finds the first row that differs. */
import { canonical } from '../../shared/canonical'
import type { Projection } from './define-projection'
import type { Row } from './fold'
import { rowsBy, wordsOf } from './rows-in-order'
import { tableOf, type Views } from './views'

/** `column` is absent where one of them has no such row; the values are as stored, clipped. */
export interface Difference {
  projection: string
  key: string
  column?: string
  stored: string
  folded: string
}

const SHOWN = 200
const NO_ROW = 'no such row'
const EVERY = 500

/** Looks at the rows by their keys, then at parked events, then at the words of the full-text index. */
export async function firstDifference(
  stored: Views,
  folded: Views,
  p: Projection,
  afterBatch: () => unknown = () => {},
): Promise<Difference | undefined> {
  const key = Object.keys(p.columns)[0]!
  const ofThis = `projection = '${tableOf(p)}'`
  const looks: { what: string; by: string[]; rows: (db: Views) => AsyncGenerator<Row> }[] = [
    { what: '', by: [key], rows: db => rowsBy(db, tableOf(p), key) },
    {
      what: 'parked event ',
      by: ['position'],
      rows: db => rowsBy(db, 'parked', 'position', ofThis),
    },
  ]
  if (p.fullText) looks.push({ what: 'word ', by: ['term', 'col'], rows: db => wordsOf(db, p) })
  for (const { what, by, rows } of looks) {
    const nameOf = (row: Row) => what + by.map(column => row[column]).join(' in ')
    const pairs = inPairs(rows(stored), rows(folded))
    for await (const { a, b, n } of pairs) {
      if (n % EVERY === 0) await afterBatch()
      const found = differenceOf(a, b, nameOf, p)
      if (found) return { projection: p.name, ...found }
    }
  }
}

async function* inPairs(left: AsyncGenerator<Row>, right: AsyncGenerator<Row>) {
  for (let n = 0; ; n++) {
    const [a, b] = [await left.next(), await right.next()]
    if (a.done && b.done) return
    yield { a: a.done ? undefined : a.value, b: b.done ? undefined : b.value, n }
  }
}

function differenceOf(
  a: Row | undefined,
  b: Row | undefined,
  nameOf: (row: Row) => string,
  p: Projection,
): Omit<Difference, 'projection'> | undefined {
  const [left, right] = [a && nameOf(a), b && nameOf(b)]
  if (left !== right)
    return isBefore(left, right)
      ? { key: left!, stored: clip(JSON.stringify(a)), folded: NO_ROW }
      : { key: right!, stored: NO_ROW, folded: clip(JSON.stringify(b)) }
  const column = Object.keys(b!).find(
    name => !isSame(a![name], b![name], p.columns[name] === 'json'),
  )
  return column === undefined
    ? undefined
    : { key: right!, column, ...fromDifference(a![column], b![column]) }
}

/** In the order of SQLite, which compares bytes. A missing one is after all others. */
const isBefore = (left?: string, right?: string) =>
  right === undefined ||
  (left !== undefined && Buffer.compare(Buffer.from(left), Buffer.from(right)) < 0)

/** The order of an object's members has no meaning. */
function isSame(a: unknown, b: unknown, isJson: boolean): boolean {
  if (a === b) return true
  if (!isJson || typeof a !== 'string' || typeof b !== 'string') return false
  try {
    return canonical(JSON.parse(a)) === canonical(JSON.parse(b))
  } catch {
    return false
  }
}

/** Both values, from shortly before the place where they begin to differ. */
function fromDifference(a: unknown, b: unknown): Pick<Difference, 'stored' | 'folded'> {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)]
  let from = 0
  while (from < left.length && left[from] === right[from]) from++
  const start = Math.max(0, from - SHOWN / 4)
  return { stored: clip(left, start), folded: clip(right, start) }
}

const clip = (text: string, from = 0) =>
  `${from ? '…' : ''}${text.slice(from, from + SHOWN)}${text.length > from + SHOWN ? '…' : ''}`
