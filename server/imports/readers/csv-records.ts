/** Reads CSV (RFC 4180, and what other platforms and Excel make of it) as records. */
import { Problem } from '../../http/problem'
import type { Line } from '../../kit/line-reader'
import { roleOf } from './column-roles'
import { decoderFor } from './csv-encoding'
import { fieldsOf } from './csv-fields'
import type { Lookahead } from './lookahead'
import type { FileRecord } from './records'

interface Header {
  delimiter: string
  columns: string[]
  decode: (line: Line) => Line
}

/** Each value is an object of texts, keyed by the names of the columns. */
export async function* csvRecords(source: Lookahead<Line>): AsyncGenerator<FileRecord> {
  const { delimiter, columns, decode } = await headerOf(source)
  for (let raw; (raw = await source.next());) {
    const found = decode(raw)
    if ('wrong' in found) {
      yield found
      continue
    }
    if (!found.text.trim()) continue
    const fields =
      fieldsOf(found.text, delimiter) ??
      (await overSeveralLines(source, found.text, { delimiter, decode, most: columns.length }))
    if (!fields) yield { line: found.line, wrong: 'has a quote that is not closed' }
    else if (fields.slice(columns.length).some(Boolean))
      yield {
        line: found.line,
        wrong: `has ${fields.length} fields, but the first line names ${columns.length}`,
      }
    else
      yield {
        line: found.line,
        value: Object.fromEntries(columns.map((name, i) => [name, fields[i] ?? ''])),
        ...('bytes' in raw && { note: 'the line is not UTF-8 and was read in another encoding' }),
      }
  }
}

/** Titles, blank lines and Excel's `sep=;` may come before the names of the columns. */
const MOST_BEFORE = 10
const MOST_COLUMNS = 1000

async function headerOf(source: Lookahead<Line>): Promise<Header> {
  let asked: string | undefined
  for (let i = 0; i < MOST_BEFORE; i++) {
    const raw = await source.next()
    if (!raw) break
    const decode = decoderFor(raw)
    const found = decode(raw)
    const text = 'text' in found ? found.text : ''
    if (text.includes('@')) break
    asked ??= /^"?sep=(.)"?$/i.exec(text.trim())?.[1]
    const delimiter = asked ?? likelyDelimiter(text)
    const names =
      fieldsOf(text, delimiter) ??
      (await overSeveralLines(source, text, { delimiter, decode, most: MOST_COLUMNS }))
    if (names && areNames(names)) return { delimiter, columns: named(names), decode }
  }
  throw new Problem(
    422,
    'The column names are missing',
    'The first line must name the columns, among them the one with the addresses: email, name, subscribed_at.',
  )
}

/** One field is a title, unless it says "email". */
const areNames = (fields: string[]) => {
  const roles = fields.map(name => roleOf(name).is)
  return roles.includes('address') || (roles.length > 1 && roles.some(role => role !== 'other'))
}

const likelyDelimiter = (names: string) =>
  [',', ';', '\t', '|'].toSorted((a, b) => names.split(b).length - names.split(a).length)[0]!

/** Two columns of one name are both kept. */
const named = (names: string[]) =>
  names.map((name, i) => (names.indexOf(name) < i ? `${name} ${i + 1}` : name))

const MOST_LINES = 50

/**
 * A quoted field may contain line breaks. Lines that do not make a record are given back, so that a
 * stray quote does not swallow its neighbours.
 */
async function overSeveralLines(
  source: Lookahead<Line>,
  first: string,
  { delimiter, decode, most }: Omit<Header, 'columns'> & { most: number },
): Promise<string[] | undefined> {
  const more: Line[] = []
  for (let text = first; more.length < MOST_LINES;) {
    const raw = await source.next()
    if (raw) more.push(raw)
    const next = raw && decode(raw)
    if (!next || 'wrong' in next) break
    text += `\n${next.text}`
    const fields = next.text.includes('"') ? fieldsOf(text, delimiter) : undefined
    if (fields && fields.length <= most) return fields
  }
  source.giveBack(more)
}
