/** Decodes lines that are not UTF-8, as Excel saves them: in the encoding of the computer's country. */
import type { Line } from '../../kit/line-reader'
import { roleOf } from './column-roles'

const ENCODINGS = ['windows-1252', 'windows-1251', 'windows-1250', 'shift_jis', 'gb18030', 'euc-kr']
const DELIMITERS = /[,;\t|]/

/** `names` is the line with the columns' names: the encoding in which we know most of them is it. */
export function decoderFor(names: Line): (line: Line) => Line {
  const decoders = ENCODINGS.map(encoding => new TextDecoder(encoding))
  const [best] =
    'bytes' in names
      ? decoders
          .map(decoder => ({ decoder, known: knownIn(decoder.decode(names.bytes)) }))
          .toSorted((a, b) => b.known - a.known)
      : [{ decoder: decoders[0]! }]
  return line =>
    'bytes' in line ? { line: line.line, text: best!.decoder.decode(line.bytes) } : line
}

const knownIn = (names: string) =>
  names.split(DELIMITERS).filter(name => roleOf(name).is !== 'other').length
