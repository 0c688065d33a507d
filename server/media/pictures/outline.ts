/**
 * Turns words into outlines of our own typefaces, so that a picture does not depend on the fonts of
 * the machine.
 */
import type { Font } from 'fontkit'
import { COLOURS } from '../../../shared/card/colours'
import { asText, type Face, type Words } from '../../../shared/card/scene'
import { letters } from '../../../shared/wording'

type Faces = Record<Face, Font[]>
/** Letters that one font file has; without a font, letters that none of ours has. */
interface Run {
  font?: Font
  text: string
}

/** A letter missing from its own face is taken from the roman. */
const FALLBACK: Face = 'voice'
/**
 * Widths in ems of letters that we do not have: ideographs and symbols are as wide as high, others
 * narrower.
 */
const WIDE = 1
const NARROW = 0.6

/**
 * Draws words as `<path>`; letters that none of our files has stay `<text>`, in whatever font the
 * machine has.
 */
export async function outliner(): Promise<(words: Words) => string> {
  const faces = await (known ??= open())
  return words => {
    const { size, tracking = 0, anchor = 'start', y } = words
    const pieces = runsOf(words.text.normalize('NFC'), [
      ...faces[words.face],
      ...faces[FALLBACK],
    ]).map(run => ({ ...run, ...set(run, tracking) }))
    const width = size * pieces.reduce((sum, piece) => sum + piece.width, 0)
    let x = words.x - width * { start: 0, middle: 0.5, end: 1 }[anchor]
    return pieces
      .map(({ text, path, width }) => {
        const left = x
        x += width * size
        return path === undefined
          ? asText({ ...words, text, x: round(left), anchor: 'start' })
          : path &&
              `<path transform="translate(${round(left)} ${y}) scale(${size / 1000} ${-size / 1000})" fill="${COLOURS[words.fill]}" d="${path}"/>`
      })
      .join('')
  }
}

let known: Promise<Faces> | undefined

/** A hundred kilobytes of fonts and their parser, loaded with the first picture. */
async function open(): Promise<Faces> {
  const [{ create }, { default: files }] = await Promise.all([
    import('fontkit'),
    import('#typefaces'),
  ])
  const fonts = (base64: string[]) =>
    base64.map(file => create(Buffer.from(file, 'base64')) as Font)
  return { title: fonts(files.title), voice: fonts(files.voice), hands: fonts(files.hands) }
}

/** Takes each letter, with its accents, from the first file that has all of it. */
function runsOf(text: string, fonts: Font[]): Run[] {
  const runs: Run[] = []
  for (const letter of letters(text)) {
    const font = fonts.find(font =>
      [...letter].every(c => font.hasGlyphForCodePoint(c.codePointAt(0)!)),
    )
    const last = runs.at(-1)
    if (last && last.font === font) last.text += letter
    else runs.push({ font, text: letter })
  }
  return runs
}

/** `path` in thousandths of an em, with y upwards; `width` in ems. */
function set({ font, text }: Run, tracking: number): { path?: string; width: number } {
  if (!font)
    return {
      width: letters(text).reduce(
        (sum, letter) => sum + (letter > '⺀' ? WIDE : NARROW) + tracking,
        0,
      ),
    }
  const { glyphs, positions } = font.layout(text)
  const scale = 1000 / font.unitsPerEm
  let x = 0
  const path = glyphs
    .map((glyph, i) => {
      const { xAdvance, xOffset, yOffset } = positions[i]!
      const shape = glyph.path
        .scale(scale)
        .translate((x + xOffset) * scale, yOffset * scale)
        .toSVG()
      x += xAdvance + tracking * font.unitsPerEm
      return shape
    })
    .join('')
  return { path, width: x / font.unitsPerEm }
}

const round = (n: number) => Math.round(n * 10) / 10
