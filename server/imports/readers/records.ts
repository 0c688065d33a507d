/** Reads lines as records of NDJSON or CSV. A broken record affects only its own lines. */
import { Problem } from '../../http/problem'
import type { Line } from '../../kit/line-reader'
import { csvRecords } from './csv-records'
import { Lookahead } from './lookahead'

/** `line` is where the record starts; `note` is what a reason for skipping it should add. */
export type FileRecord =
  { line: number; value: unknown; note?: string } | { line: number; wrong: string }

/**
 * Guesses the format if not given: a JSON object starts with a brace, a list of addresses never
 * does.
 */
export async function* recordsOf(
  lines: AsyncIterable<Line>,
  format?: 'ndjson' | 'csv',
): AsyncGenerator<FileRecord> {
  const source = new Lookahead(lines[Symbol.asyncIterator]())
  const first = await firstWritten(source)
  if (!first) return
  const start = 'text' in first ? first.text.trimStart() : ''
  refuseOtherFiles('bytes' in first ? first.bytes.toString('latin1') : start)
  const guess = start.startsWith('{') ? 'ndjson' : 'csv'
  yield* (format ?? guess) === 'csv' ? csvRecords(source) : ndjson(source)
}

/** The first line that is not blank; it stays the next one to read. */
async function firstWritten(source: Lookahead<Line>): Promise<Line | undefined> {
  for (let found; (found = await source.next());) {
    if ('text' in found && !found.text.trim()) continue
    source.giveBack([found])
    return found
  }
}

/** What exports are packed into, by how such a file starts. */
const OTHER_FILES: [starts: RegExp | string, detail: string][] = [
  [
    'PK\u0003\u0004',
    'This is a ZIP archive or an Excel file. Unpack it, or save it as CSV, and send each CSV; also those of people who left, so that they are remembered.',
  ],
  ['\u001F\u008B', 'This file is compressed with gzip. Unpack it first.'],
  ['\u00D0\u00CF\u0011\u00E0', 'This is an Excel file. Save it as CSV.'],
  [
    /^\[\s*(?:$|\{)/,
    'This is one JSON list. Send one object a line, without brackets and commas around them (jq -c ".[]" makes that).',
  ],
  [/^.?\0/, 'This is UTF-16. Save it as UTF-8.'],
  [/^(?:<\?xml|<!doctype|<html)/i, 'This is a web page or XML. Send CSV or NDJSON.'],
]

function refuseOtherFiles(start: string) {
  const [, detail] =
    OTHER_FILES.find(([starts]) =>
      typeof starts === 'string' ? start.startsWith(starts) : starts.test(start),
    ) ?? []
  if (detail) throw new Problem(422, 'The file is neither CSV nor NDJSON', detail)
}

async function* ndjson(source: Lookahead<Line>): AsyncGenerator<FileRecord> {
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
