/** The title card: a film's title, year and genre set in light on a black frame. The same film always gives the same card. */
import { type Tint, tintOf } from '../tint'
import { breakTitle } from './break-title'

export interface Film {
  title: string
  year?: number
  genres: readonly string[]
  ratio?: number
}

export interface CardOptions {
  /** Width over height. The default is the film's own, else the usual one for its year and genre. */
  ratio?: number
  /** Width in CSS pixels at which the card is shown, so that the note is 15 px there. Default 400. */
  shown?: number
}

/** What to draw, in units of a frame 1,000 wide. `x` of a line is its left edge, or its middle if `anchor` says so. */
export interface CardDrawing {
  width: number
  height: number
  tint: Tint
  /** What a screen reader says. */
  label: string
  anchor: 'start' | 'middle'
  size: number
  lines: { text: string; x: number; y: number }[]
  note: { text: string; x: number; y: number; size: number }
}

/** `LEADING` keeps a g clear of an f below it; a single line takes `LINE`. In ems. */
const WIDTH = 1000
const PAD = 56
const LEADING = 1.04
const LINE = 0.94
const tall = (lines: number) => LINE + (lines - 1) * LEADING
const SCOPE = new Set(['Western', 'War', 'Adventure'])

/** Width over height of the screen a film was made for, guessed from its year and genre: 1.37 until 1952, then 1.85, wider for outdoor genres. */
export function ratioOf(year: number | undefined, genre: string): number {
  if (year && year < 1953) return 1.37
  return SCOPE.has(genre) ? 2.39 : 1.85
}

export function titleCard(film: Film, { ratio, shown = 400 }: CardOptions = {}): CardDrawing {
  const { genre, tint } = tintOf(film.genres, film.year)
  const height = Math.round(WIDTH / (ratio ?? film.ratio ?? ratioOf(film.year, genre)))
  const noteSize = Math.max(14, 15_000 / shown)
  const { size, lines } = largestSetting(film.title, height, noteSize)
  const place = PLACES[hash(film.title + (film.year ?? '')) % 3]!
  const middle = place === 'middle'
  const x = middle ? WIDTH / 2 : PAD - size * 0.045 // an italic capital starts to the right of its origin
  const first = firstBaseline(place, height, size, lines, noteSize)
  return {
    width: WIDTH,
    height,
    tint,
    size: round(size),
    label: [film.title, film.year, genre].filter(Boolean).join(', '),
    anchor: middle ? 'middle' : 'start',
    lines: lines.map((text, i) => ({ text, x: round(x), y: round(first + i * size * LEADING) })),
    note: {
      text: [film.year, genre].filter(Boolean).join(' · '),
      x: middle ? WIDTH / 2 : PAD,
      y: round(place === 'low' ? PAD + noteSize * 0.72 : height - PAD),
      size: round(noteSize),
    },
  }
}

/** Has a letter with a descender; other scripts count as having one. */
const DESCENDS = /[gjpqy,;Q]|[^\p{Script=Latin}\p{Script=Common}]/u

const PLACES = ['low', 'middle', 'high'] as const
const round = (n: number) => Math.round(n * 10) / 10

/** FNV-1a over code points. */
const hash = (text: string) =>
  [...text].reduce((h, c) => Math.imul(h ^ c.codePointAt(0)!, 16777619) >>> 0, 2166136261)

/** One to four lines, whichever allows the largest type; a wide screen prefers one long line. */
function largestSetting(title: string, height: number, note: number) {
  const wide = height < 600
  let best = { size: 0, lines: [title] }
  for (let count = 1; count <= 4; count++) {
    const setting = breakTitle(title, count)
    if (!setting) break
    const size = Math.min(
      (WIDTH - 2 * PAD) / setting.width,
      (height - 2 * PAD - 2.4 * note) / tall(count),
      height * (height < 480 ? 0.62 : 0.4),
    )
    if (size > best.size * (wide ? 1.2 : 1.06)) best = { size, lines: setting.lines }
  }
  return best
}

function firstBaseline(
  place: (typeof PLACES)[number],
  height: number,
  size: number,
  lines: string[],
  note: number,
) {
  const rise = size * 0.72
  if (place === 'high') return PAD + rise
  if (place === 'middle') return (height - 1.8 * note - tall(lines.length) * size) / 2 + rise
  const drop = DESCENDS.test(lines.at(-1)!) ? 0.2 : 0.02
  return height - PAD - (lines.length - 1) * size * LEADING - size * drop
}
