/** Cards and marks as SVG text: the same drawing for server, browser script and pictures. Titles are escaped here. */
import { escapeHtml } from '../escape-html'
import { lightWidth } from './mark'
import type { CardDrawing } from './title-card'

/** The content of `<svg viewBox="0 0 width height">`; `fresh` adds the cue mark. */
export function cardLight(
  { width, height, tint, anchor, size, lines, note }: CardDrawing,
  fresh = false,
): string {
  const title = lines
    .map(({ text, x, y }) => `<tspan x="${x}" y="${y}">${escapeHtml(text)}</tspan>`)
    .join('')
  return (
    `<rect class="card-screen" width="${width}" height="${height}"/><g fill="var(--tint-${tint})" text-anchor="${anchor}">` +
    `<text class="card-title" font-size="${size}">${title}</text><text class="card-note" x="${note.x}" y="${note.y}" font-size="${note.size}">${escapeHtml(note.text)}</text></g>` +
    (fresh ? `<circle class="cue" cx="${width - 56}" cy="56" r="${height < 480 ? 12 : 18}"/>` : '')
  )
}

/** The content of `<svg viewBox="0 0 50 20">`. */
export function markLight(value: number, of = 5): string {
  const width = lightWidth(value, of)
  return (
    '<rect class="mark-frame" x=".5" y=".5" width="49" height="19"/>' +
    (width
      ? `<rect class="mark-light" x="${Math.round((50 - width) * 5) / 10}" y="2" width="${width}" height="16"/>`
      : '')
  )
}
