/** Breaks a film's title into lines whose longest is as short as possible, and leaves no short word alone at the end. */
import { textWidth } from './widths'

export interface Setting { lines: string[], /** Of the longest line, in ems. */ width: number }

/** Undefined when the title cannot be broken into so many lines. */
export function breakTitle(title: string, count: number): Setting | undefined {
  const pieces = piecesOf(title)
  if (pieces.length < count) return undefined
  let best: Setting | undefined
  for (const lines of waysToBreak(pieces, count)) {
    const width = Math.max(...lines.map(textWidth))
    if ((!best || width < best.width) && !endsInWidow(lines, width)) best = { lines, width }
  }
  return best
}

/** "The Third / Man" limps; "The / Third Man" stands. One word on every line is a choice, not a widow. */
const endsInWidow = (lines: string[], width: number) =>
  lines.length > 1 && lines.some(hasBreak) && !hasBreak(lines.at(-1)!) && textWidth(lines.at(-1)!) < 0.5 * width

const hasBreak = (line: string) => piecesOf(line).length > 1

/** Words, and between ideographs every character: those scripts break anywhere but before closing punctuation. */
const piecesOf = (title: string) => title.trim().split(/(?<=\s)(?=\S)|(?<=[\u2E80-\u9FFF\uAC00-\uD7AF\uFF00-\uFFEF])(?=[\u2E80-\u3000\u3003-\u3007\u3012-\u9FFF\uAC00-\uD7AF])/u)

function* waysToBreak(pieces: string[], count: number): Generator<string[]> {
  if (count === 1) return yield [pieces.join('').trim()]
  for (let end = 1; end <= pieces.length - count + 1; end++) {
    const line = pieces.slice(0, end).join('').trim()
    for (const rest of waysToBreak(pieces.slice(end), count - 1)) yield [line, ...rest]
  }
}
