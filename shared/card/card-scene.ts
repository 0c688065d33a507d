/** The title card as a picture of its own, shown where a link is shared. */
import type { Box, Scene, Words } from './scene'
import { type Film, titleCard } from './title-card'

/** A card `width` pixels wide at the top left; `shown` is the same as for a card. The tracking matches frame.css. */
export function cardShapes(
  film: Film,
  { width, height, shown }: { width: number; height: number; shown: number },
): { boxes: Box[]; words: Words[]; label: string } {
  const card = titleCard(film, { ratio: width / height, shown })
  const scale = width / card.width
  const fill = `tint-${card.tint}` as const
  const at = (n: number) => Math.round(n * scale * 10) / 10
  return {
    label: card.label,
    boxes: [{ x: 0, y: 0, width, height, fill: 'frame' }],
    words: [
      ...card.lines.map(({ text, x, y }): Words => ({
        text,
        x: at(x),
        y: at(y),
        size: at(card.size),
        anchor: card.anchor,
        face: 'title',
        tracking: -0.012,
        fill,
      })),
      {
        text: card.note.text,
        x: at(card.note.x),
        y: at(card.note.y),
        size: at(card.note.size),
        anchor: card.anchor,
        face: 'hands',
        tracking: 0.01,
        fill,
      },
    ],
  }
}

/** 1,200 × 630, with our name, because a picture is passed on without its link. It stands on the line of the note, where no title reaches. */
export function shareScene(film: Film): Scene {
  const size = { width: 1200, height: 630 }
  const { label, boxes, words } = cardShapes(film, { ...size, shown: 600 })
  const note = words.at(-1)!
  const name: Words = {
    text: 'MyMovies',
    x: size.width - 67,
    y: note.y,
    size: Math.round(note.size * 1.25),
    anchor: 'end',
    face: 'title',
    fill: 'on-frame',
  }
  return { ...size, boxes, words: [...words, name], label: `Title card: ${label}` }
}
