/**
 * Reads lines as records of NDJSON or CSV (RFC 4180, and what other platforms make of it). A broken
 * record affects only its own lines.
 */
import { parse } from 'csv-parse/sync'
import { Problem } from '../../http/problem'
import type { Line } from '../../kit/line-reader'

/** `line` is where the record starts. */
export type FileRecord = { line: number; value: unknown } | { line: number; wrong: string }

/**
 * Guesses the format if not given: a JSON object starts with a brace, a list of addresses never
 * does.
 */
export async function* recordsOf(
  lines: AsyncIterable<Line>,
  format?: 'ndjson' | 'csv',
): AsyncGenerator<FileRecord> {
  const source = new Lookahead(lines[Symbol.asyncIterator]())
  const first = await source.next()
  if (!first) return
  source.giveBack([first])
  const isJson = 'text' in first && first.text.trimStart().startsWith('{')
  const guess = isJson ? 'ndjson' : 'csv'
  yield* (format ?? guess) === 'csv' ? csv(source) : ndjson(source)
}

async function* ndjson(source: Lookahead): AsyncGenerator<FileRecord> {
  for (let found; (found = await source.next());) {
    if ('wrong' in found) yield found
    else if (found.text.trim()) yield { line: found.line, ...fromJson(found.text) }
  }
}

function fromJson(text: string) {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return { wrong: 'is not JSON' }
  }
}

/**
 * The first line names the columns; each value is an object of texts, keyed by column name in lower
 * case with _ for spaces.
 */
async function* csv(source: Lookahead): AsyncGenerator<FileRecord> {
  const head = await source.next()
  const names = head && 'text' in head ? head.text : ''
  const delimiter = [',', ';', '\t'].toSorted(
    (a, b) => names.split(b).length - names.split(a).length,
  )[0]!
  const columns = fieldsOf(names, delimiter)?.map(name =>
    name.toLowerCase().replace(/[^a-z0-9]+/g, '_'),
  )
  if (!columns || names.includes('@'))
    throw new Problem(
      422,
      'The column names are missing',
      'The first line must name the columns: email, name, subscribed_at.',
    )
  for (let found; (found = await source.next());) {
    if ('wrong' in found) {
      yield found
      continue
    }
    if (!found.text.trim()) continue
    const fields =
      fieldsOf(found.text, delimiter) ??
      (await overSeveralLines(source, found.text, delimiter, columns.length))
    if (!fields) yield { line: found.line, wrong: 'has a quote that is not closed' }
    else if (fields.length > columns.length)
      yield {
        line: found.line,
        wrong: `has ${fields.length} fields, but the first line names ${columns.length}`,
      }
    else
      yield {
        line: found.line,
        value: Object.fromEntries(fields.map((field, i) => [columns[i]!, field])),
      }
  }
}

const MOST_LINES = 50

/**
 * A quoted field may contain line breaks. Lines that do not make a record are given back, so that a
 * stray quote does not swallow its neighbours.
 */
async function overSeveralLines(
  source: Lookahead,
  first: string,
  delimiter: string,
  columns: number,
): Promise<string[] | undefined> {
  const more: Line[] = []
  for (let text = first; more.length < MOST_LINES;) {
    const next = await source.next()
    if (next) more.push(next)
    if (!next || 'wrong' in next) break
    text += `\n${next.text}`
    const fields = next.text.includes('"') ? fieldsOf(text, delimiter) : undefined
    if (fields && fields.length <= columns) return fields
  }
  source.giveBack(more)
}

/**
 * The fields of one record; undefined when a quote is not closed or the text is more than one
 * record.
 */
function fieldsOf(text: string, delimiter: string): string[] | undefined {
  try {
    const records = parse(text, {
      delimiter,
      relax_quotes: true,
      relax_column_count: true,
      trim: true,
    })
    return records.length === 1 ? records[0] : undefined
  } catch {
    return undefined
  }
}

class Lookahead {
  readonly #ahead: Line[] = []
  constructor(private readonly lines: AsyncIterator<Line>) {}
  giveBack(lines: Line[]) {
    this.#ahead.unshift(...lines)
  }
  async next(): Promise<Line | undefined> {
    if (this.#ahead.length) return this.#ahead.shift()
    const { done, value } = await this.lines.next()
    return done ? undefined : (value as Line)
  }
}
