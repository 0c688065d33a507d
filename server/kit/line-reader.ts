/**
 * Reads a stream of bytes as numbered lines of text; an unreadable line is reported and skipped,
 * and never a reason to stop.
 */

/** 64 kB, in bytes: the longest line unless the caller allows more. */
const LONGEST_LINE = 64 * 1024
const [LF, CR] = [0x0a, 0x0d]

/**
 * `line` counts from 1. Either `text`, without its line end, or what is wrong with it; `bytes` are
 * those of a line in another encoding.
 */
export type Line =
  | { line: number; text: string }
  | { line: number; wrong: string }
  | { line: number; wrong: string; bytes: Buffer }

/** The file as a whole cannot be read; its message says what to do. */
export class NotUtf8 extends Error {}

/**
 * A line ends with LF, CR LF, or CR alone as old spreadsheets write it. Never holds more than
 * `longest` bytes of a line. Throws NotUtf8 for UTF-16, in which not even the lines can be found.
 */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
  longest = LONGEST_LINE,
): AsyncGenerator<Line> {
  let line = 1
  let pieces: Buffer[] = []
  let bytes = 0
  const keep = (piece: Buffer) => {
    bytes += piece.length
    if (bytes <= longest) pieces.push(piece)
  }
  const take = (): Line => {
    const taken = bytes > longest ? undefined : Buffer.concat(pieces)
    pieces = []
    bytes = 0
    return asLine(line++, taken, longest)
  }
  let isAfterCr = false
  for await (const chunk of chunks) {
    const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    let start = isAfterCr && buffer[0] === LF ? 1 : 0
    if (buffer.length) isAfterCr = buffer.at(-1) === CR
    for (let end; (end = endOfLine(buffer, start)) >= 0;) {
      keep(buffer.subarray(start, end))
      yield take()
      start = end + (buffer[end] === CR && buffer[end + 1] === LF ? 2 : 1)
    }
    if (start < buffer.length) keep(buffer.subarray(start))
  }
  if (bytes) yield take()
}

/** -1 if the line goes on in the next chunk. */
function endOfLine(buffer: Buffer, start: number): number {
  const lf = buffer.indexOf(LF, start)
  const cr = buffer.subarray(start, lf < 0 ? undefined : lf).indexOf(CR)
  return cr < 0 ? lf : start + cr
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function asLine(line: number, bytes: Buffer | undefined, longest: number): Line {
  if (!bytes) return { line, wrong: `is longer than ${longest / 1024} kB` }
  if (line === 1 && ['fffe', 'feff'].includes(bytes.toString('hex', 0, 2)))
    throw new NotUtf8('The file is UTF-16. Save it as UTF-8, then send it again.')
  try {
    return { line, text: utf8.decode(bytes) }
  } catch {
    return { line, wrong: 'is not UTF-8', bytes }
  }
}
