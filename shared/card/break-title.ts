/** Breaks a film's title into lines so that the longest is as short as possible, without a short word alone at the end. */
import { textWidth } from './widths'

export interface Setting {
  lines: string[]
  /** The longest line's, in ems. */ width: number
}

/** Undefined when the title cannot be broken into that many lines. */
export function breakTitle(title: string, count: number): Setting | undefined {
  const pieces = piecesOf(title)
  if (pieces.length < count) return undefined
  const width = ruler(pieces)
  let best: Setting | undefined
  // Skip breaks that cannot be better: 300 ideographs have four million of them.
  const isWorse = (atLeast: number) => best !== undefined && atLeast - CLOSE >= best.width
  for (const ends of waysToBreak(pieces.length, count, width, isWorse)) {
    const lines = ends.map((end, i) =>
      pieces
        .slice(ends[i - 1] ?? 0, end)
        .join('')
        .trim(),
    )
    const longest = Math.max(...lines.map(textWidth))
    if (!(best && longest >= best.width) && !endsInWidow(lines, longest))
      best = { lines, width: longest }
  }
  return best
}

/** Sums of widths added in a different order differ by less than this, in ems. */
const CLOSE = 1e-9

/** The most that the unprinted spaces at line breaks can save over all lines, in ems. */
const SPACES = 1

/** Measures the line from one piece up to, not including, another, without its trailing space. */
function ruler(pieces: string[]) {
  const sums = [0]
  for (const piece of pieces) sums.push(sums.at(-1)! + textWidth(piece))
  const trailing = pieces.map(piece => textWidth(piece) - textWidth(piece.trimEnd()))
  return (from: number, to: number) => sums[to]! - sums[from]! - trailing[to - 1]!
}

/** "The Third / Man" is a widow; "The / Third Man" is fine, and so is one word on every line. */
const endsInWidow = (lines: string[], width: number) =>
  lines.length > 1 &&
  lines.some(hasBreak) &&
  !hasBreak(lines.at(-1)!) &&
  textWidth(lines.at(-1)!) < 0.5 * width

const hasBreak = (line: string) => piecesOf(line).length > 1

/** Splits into words, and between ideographs into characters: they break anywhere except before closing punctuation. */
export const piecesOf = (title: string) =>
  title
    .trim()
    .split(
      /(?<=\s)(?=\S)|(?<=[\u2E80-\u9FFF\uAC00-\uD7AF\uFF00-\uFFEF])(?=[\u2E80-\u3000\u3003-\u3007\u3012-\u9FFF\uAC00-\uD7AF])/u,
    )

/** Where each line ends, counted in pieces. `isWorse` is given a lower bound for the width of the longest line. */
function* waysToBreak(
  pieces: number,
  count: number,
  width: (from: number, to: number) => number,
  isWorse: (atLeast: number) => boolean,
  from = 0,
): Generator<number[]> {
  if (count === 1) {
    if (!isWorse(width(from, pieces))) yield [pieces]
    return
  }
  for (let end = from + 1; end <= pieces - count + 1 && !isWorse(width(from, end)); end++) {
    if (isWorse((width(end, pieces) - SPACES) / (count - 1))) continue
    for (const rest of waysToBreak(pieces, count - 1, width, isWorse, end)) yield [end, ...rest]
  }
}
