/** A review as a portrait picture, 4:5: the title card, and below it on paper the rating, the words and the critic's name. */
import { advice, figure } from '../rating'
import type { PublicReview } from '../types/review'
import { letters, shorten } from '../wording'
import { cardShapes } from './card-scene'
import { lightWidth } from './mark'
import type { Box, Scene, Words } from './scene'
import { textWidth } from './widths'
import { wrap } from './wrap'

const WIDTH = 1080
const HEIGHT = 1350
const CARD = 810
const PAD = 60
const MEASURE = WIDTH - 2 * PAD
const BYLINE = 740
/** The roman and the sans set any language at most about this much wider than the italic, whose widths we know. */
const WIDER = 1.1
/** Sizes of the review's title, and how many lines fit on the paper at each. */
const SETTINGS = [
  { size: 84, most: 2 },
  { size: 66, most: 3 },
  { size: 50, most: 4 },
]
const LEADING = 1.06

/** 1,080 × 1,350. */
export function portraitScene(
  review: Pick<PublicReview, 'title' | 'movie' | 'rating' | 'critic'>,
): Scene {
  const { title, movie, rating, critic } = review
  const card = cardShapes(movie, { width: WIDTH, height: CARD, shown: 390 })
  const { size, lines } = headline(title)
  const byline = `By ${critic.name}`
  const head = CARD + 168
  return {
    width: WIDTH,
    height: HEIGHT,
    label: `Title card: ${card.label}. Below it: ${advice(rating)}, ${figure(rating)} of 5. ${title}. ${byline}`,
    boxes: [
      { x: 0, y: CARD, width: WIDTH, height: HEIGHT - CARD, fill: 'paper' },
      ...card.boxes,
      ...mark(rating, PAD, CARD + 56),
    ],
    words: [
      ...card.words,
      {
        text: advice(rating),
        x: PAD + 150 + 28,
        y: CARD + 102,
        size: 50,
        face: 'voice',
        fill: 'ink',
      },
      ...lines.map((text, i): Words => ({
        text,
        x: PAD,
        y: Math.round(head + size * (0.72 + i * LEADING)),
        size,
        face: 'voice',
        tracking: -0.012,
        fill: 'ink',
      })),
      {
        text: cutUntil(byline, text => textWidth(text) * WIDER < BYLINE / 32),
        x: PAD,
        y: HEIGHT - 56,
        size: 32,
        face: 'hands',
        fill: 'ink-2',
      },
      {
        text: 'MyMovies',
        x: WIDTH - PAD,
        y: HEIGHT - 56,
        size: 42,
        anchor: 'end',
        face: 'title',
        fill: 'ink',
      },
    ],
  }
}

/** The rating mark, 150 wide. */
function mark(rating: number, x: number, y: number): Box[] {
  const scale = 3
  const light = lightWidth(rating) * scale
  return [
    { x, y, width: 50 * scale, height: 20 * scale, fill: 'frame' },
    ...(light
      ? [{ x: x + (150 - light) / 2, y: y + 6, width: light, height: 48, fill: 'lamp' as const }]
      : []),
  ]
}

/** As large as fits; text that fits at no size is cut. */
function headline(title: string): { size: number; lines: string[] } {
  for (const { size, most } of SETTINGS) {
    const lines = wrap(title, MEASURE / size, width)
    if (lines.length <= most) return { size, lines }
  }
  const { size, most } = SETTINGS.at(-1)!
  const set = (text: string) => wrap(text, MEASURE / size, width)
  return { size, lines: set(cutUntil(title, text => set(text).length <= most)) }
}

/** Shorter and shorter, until it fits. */
function cutUntil(text: string, fits: (text: string) => boolean): string {
  let cut = text
  for (let most = letters(text).length; !fits(cut) && most > 1; most = Math.floor(most * 0.92))
    cut = shorten(text, most)
  return cut
}

const width = (text: string) => textWidth(text) * WIDER
