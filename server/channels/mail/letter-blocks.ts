/** The building blocks of an email: each returns finished `<tr>`s. */
import { lightWidth } from '../../../shared/card/mark'
import { type Tint, tintOf } from '../../../shared/tint'
import type { Movie } from '../../../shared/types/review'
import { TABLE } from './letter-layout'
import { html } from './text'

/** The tints of tokens.css, because an email cannot use CSS variables. */
const COLOUR: Record<Tint, string> = {
  silver: '#e6e8e4',
  amber: '#ffc869',
  blue: '#8db8ff',
  rose: '#ff9fb3',
  red: '#ff806c',
  green: '#9fd99b',
  lavender: '#c9b0ff',
  cyan: '#83dbe0',
  sepia: '#e0bd9c',
}

/** The film's title in light on a black frame. */
export function titleCard({
  title,
  year,
  genres,
}: Pick<Movie, 'title' | 'year' | 'genres'>): string {
  const { genre, tint } = tintOf(genres, year)
  const colour = COLOUR[tint]
  const { size, name } = titleSize(title)
  return `<tr><td style="padding:0"><table ${TABLE} width="100%" class="frame" style="background:#0d0e11"><tr>
<td class="pad" style="padding:26px 32px 0;font:500 14px Arial,sans-serif;color:${colour}">${[year, genre && html(genre)].filter(Boolean).join(' &middot; ')}</td>
<td class="pad" align="right" style="padding:24px 32px 0;font-size:22px;line-height:22px;color:#ffd02e" aria-hidden="true">&#9679;</td></tr>
<tr><td colspan="2" class="pad ${name}" dir="auto" style="padding:64px 32px 26px;font:italic 400 ${size}px/0.98 Georgia,serif;letter-spacing:-1px;color:${colour};word-break:break-word;text-wrap:balance">${html(title)}</td></tr></table></td></tr>`
}

/**
 * A long title or word is set smaller, so that it never breaks the frame on a phone; `name` is its
 * class in the narrow layout.
 */
function titleSize(title: string): { size: number; name: string } {
  const longest = Math.max(0, ...title.split(/\s+/).map(word => [...word].length))
  const length = [...title].length
  if (longest > 18 || length > 70) return { size: 36, name: 'low' }
  if (longest > 14 || length > 36) return { size: 48, name: 'mid' }
  return { size: 68, name: 'big' }
}

export const headline = (words: string) =>
  `<tr><td class="pad" style="padding:28px 32px 0"><h1 class="t1" dir="auto" style="margin:0;font:400 32px/1.12 Georgia,serif;letter-spacing:-.3px;color:#15161a;word-break:break-word;text-wrap:balance">${html(words)}</h1></td></tr>`

export const standfirst = (words: string) =>
  `<tr><td class="pad" style="padding:14px 32px 0"><p class="t2" dir="auto" style="margin:0;font:400 18px/1.5 Georgia,serif;color:#46484e;word-break:break-word">${html(words)}</p></td></tr>`

/** A line in the sheet's smaller voice; `content` is HTML. */
export const paragraph = (content: string, voice: 't1' | 't2' = 't1') =>
  `<tr><td class="pad" style="padding:18px 32px 0"><p class="${voice}" style="margin:0;font:400 16px/1.5 Arial,sans-serif;color:${voice === 't1' ? '#15161a' : '#46484e'};word-break:break-word">${content}</p></td></tr>`

/** One link that looks like a button. */
export const button = (url: string, words: string) =>
  `<tr><td class="pad" style="padding:24px 32px 36px"><table ${TABLE}><tr><td class="btn" style="background:#15161a;border-radius:2px"><a href="${html(url)}" style="display:inline-block;padding:14px 22px;font:700 16px Arial,sans-serif;color:#ffffff;text-decoration:none">${html(words)}</a></td></tr></table></td></tr>`

/**
 * The rating as light in a frame, a tenth for every half point, drawn with table cells; HTML to put
 * inside a cell.
 */
export function ratingBar(rating: number): string {
  const light = Math.round(lightWidth(rating))
  const dark = (46 - light) / 2
  const cell = (width: number, colour: string) =>
    width
      ? `<td width="${width}" height="16" style="width:${width}px;height:16px;font-size:0;line-height:0;background:${colour}">&nbsp;</td>`
      : ''
  return `<table ${TABLE} aria-hidden="true" class="frame" style="background:#0d0e11;border:2px solid #0d0e11"><tr>${cell(dark, '#0d0e11')}${cell(light, '#ffd02e')}${cell(dark, '#0d0e11')}</tr></table>`
}
