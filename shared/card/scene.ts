/** A picture as a list of rectangles and words, independent of how its glyphs are drawn. Sizes in pixels. */
import { escapeHtml } from '../escape-html'
import { COLOURS } from './colours'

/** `title`: Brygada italic, `voice`: Brygada roman, `hands`: Archivo; all at weight 500. */
export type Face = 'title' | 'voice' | 'hands'

export interface Box {
  x: number
  y: number
  width: number
  height: number
  fill: keyof typeof COLOURS
}
/** `x` is the left edge, the middle or the right edge; `y` is the baseline; `tracking` is the space between letters, in ems. */
export interface Words {
  text: string
  x: number
  y: number
  size: number
  anchor?: 'start' | 'middle' | 'end'
  face: Face
  tracking?: number
  fill: keyof typeof COLOURS
}

export interface Scene {
  width: number
  height: number
  /** What it shows, for people who cannot see it. */ label: string
  boxes: Box[]
  words: Words[]
}

/** A complete SVG. `letter` draws words; without it they are text in the page's own typefaces. */
export const sceneSvg = (
  { width, height, label, boxes, words }: Scene,
  letter: (words: Words) => string = asText,
): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(label)}">` +
  boxes
    .map(
      box =>
        `<rect x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" fill="${COLOURS[box.fill]}"/>`,
    )
    .join('') +
  words.map(letter).join('') +
  '</svg>'

/** Quoted, because an unquoted family name may not have a word that begins with a digit (CSS Fonts 4, section 2.1): the whole list would be dropped. */
const SERIF = "'Brygada 1918 Variable', Georgia, serif"
const SANS = "'Archivo Variable', Arial, sans-serif"
const FAMILY: Record<Face, string> = { title: SERIF, voice: SERIF, hands: SANS }

/** Words as text, in the typefaces of whatever displays it. */
export const asText = ({
  text,
  x,
  y,
  size,
  anchor = 'start',
  face,
  tracking = 0,
  fill,
}: Words): string =>
  `<text x="${x}" y="${y}" font-family="${FAMILY[face]}" font-weight="500" ${face === 'title' ? 'font-style="italic" ' : ''}font-size="${size}" letter-spacing="${tracking}em" text-anchor="${anchor}" fill="${COLOURS[fill]}">${escapeHtml(text)}</text>`
