/** Checks Markdown before it is parsed: a few kilobytes of `- - -` or `[[[[` can keep a parser busy for minutes. */

/** `message` completes a sentence that starts with the field's name: "body is nested deeper than 20 levels". */
export class TooDeep extends Error {
  constructor() {
    super(`is nested deeper than ${MOST_LEVELS} levels`)
    this.name = 'TooDeep'
  }
}

/** Too large; the message says by which measure. */
export class TooLong extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'TooLong'
  }
}

export const MOST_BYTES = 100_000
export const MOST_LEVELS = 20
export const MOST_NODES = 25_000

/** Far above what people write, far below where the parser's quadratic time hurts. */
const MOST_CONTAINERS = 5_000
const MOST_LINES = 4_000
const MOST_LINES_TOGETHER = 1_000
const MOST_MARKS = 15_000
const MOST_MARKS_TOGETHER = 2_000

/** One pass over the text. Throws TooLong or TooDeep. */
export function refuseExcess(markdown: string): void {
  if (new TextEncoder().encode(markdown).length > MOST_BYTES)
    throw new TooLong('must be at most 100 kB')
  let lines = 0
  let marks = 0
  let containers = 0
  let linesHere = 0
  let marksHere = 0
  let before = ''
  let inTable = false
  for (const line of markdown.split(/\r\n?|\n/)) {
    if (++lines > MOST_LINES) throw new TooLong(`has more than ${MOST_LINES} lines`)
    inTable = inTable ? isRow(line) : beginsTable(before, line)
    before = line
    if (!line.trim()) {
      linesHere = marksHere = 0
      continue
    }
    marks += countMarks(line)
    if (inTable) linesHere = 0
    marksHere = inTable ? mostInCell(line) : marksHere + countMarks(line)
    containers += containersOf(line)
    if (++linesHere > MOST_LINES_TOGETHER)
      throw new TooLong(`has more than ${MOST_LINES_TOGETHER} lines without an empty one`)
    if (marksHere > MOST_MARKS_TOGETHER)
      throw new TooLong('has too many signs such as * _ [ | in one paragraph')
    if (marks > MOST_MARKS) throw new TooLong('has too many signs such as * _ [ |')
    if (containers > MOST_CONTAINERS) throw new TooLong('has too many quotations and lists')
  }
}

function countMarks(line: string): number {
  let count = 0
  for (let i = 0; i < line.length; i++) if ('*_~[]<`|!'.includes(line[i]!)) count++
  return count
}

/** Each cell of a table is read by itself. */
const mostInCell = (line: string) => Math.max(...cellsOf(line).map(countMarks))

const cellsOf = (line: string) =>
  line
    .trim()
    .replace(/^\||(?<!\\)\|$/g, '')
    .split(/(?<!\\)\|/)

/** A line of names and, below it, as many delimiters (GFM, 4.10). */
const beginsTable = (names: string, line: string) =>
  /^ {0,3}[|:-]/.test(line) &&
  line.includes('|') &&
  cellsOf(line).every(cell => /^:?-+:?$/.test(cell.trim())) &&
  isRow(names) &&
  cellsOf(names).length === cellsOf(line).length

/** An empty line, or one that begins another block, ends a table. */
const isRow = (line: string) => /^ {0,3}[^\s>#<`~+*\d-]/.test(line)

const CONTAINER = /[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t]|$))/y
const RULE = /[ \t]*([-*])(?:[ \t]*\1){2,}[ \t]*$/y

/** How many quotations and lists a line opens or continues: `> - 1. x` has three, `- - -` is a rule and has none. */
function containersOf(line: string): number {
  for (let at = 0, count = 0; ; count++) {
    if (count > MOST_LEVELS) throw new TooDeep()
    RULE.lastIndex = CONTAINER.lastIndex = at
    if (RULE.test(line) || !CONTAINER.test(line)) return count
    at = CONTAINER.lastIndex
  }
}
