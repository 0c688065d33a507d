/** Wraps a text into as few lines as it needs, as even as possible. */
import { piecesOf } from './break-title'

/** `measure` is in the unit of `width`. A word longer than the measure is broken between letters. */
export function wrap(text: string, measure: number, width: (text: string) => number): string[] {
  const pieces = piecesOf(text).flatMap(piece =>
    width(piece.trim()) > measure ? [...piece] : [piece],
  )
  const lines = fill(pieces, measure, width)
  let even = lines
  for (let narrower = measure * 0.97; narrower > measure / 2; narrower *= 0.97) {
    if (pieces.some(piece => width(piece.trim()) > narrower)) break
    const tried = fill(pieces, narrower, width)
    if (tried.length > lines.length) break
    even = tried
  }
  return even
}

/** Greedy: each line takes as much as fits. */
function fill(pieces: string[], measure: number, width: (text: string) => number): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of pieces) {
    if (line && width((line + piece).trim()) > measure) {
      lines.push(line.trim())
      line = ''
    }
    line += piece
  }
  return line.trim() ? [...lines, line.trim()] : lines
}
