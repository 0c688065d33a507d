/** What a film is called in an address, in comparing, and in the one-line form that people type. */
import { foldText } from './fold-text'
import { slugOf } from './slug'

/** The address of a film that is the first with its words and year; another one gets a number appended. */
export const movieId = (title: string, year?: number): string =>
  [slugOf(title), year].filter(part => part !== undefined).join('-')

/** Equal for two films that only their IMDb ids can tell apart: case and accents do not count, punctuation does (`mother!`). */
export const movieKey = (title: string, year?: number): string =>
  `${foldText(title).replaceAll(/\s+/g, ' ').trim()} (${year ?? ''})`

/** `Ikiru (1952)` or `生きる（1952）` → title and year; a title alone has no year. */
export function parseMovie(text: string): { title: string; year?: number } {
  const [, title, digits = ''] = YEAR_AT_END.exec(text.trim()) ?? []
  const year = foldText(digits)
  return title?.trim() && /^(?:18|19|20)/.test(year)
    ? { title: title.trim(), year: Number(year) }
    : { title: text.trim() }
}

/** In round brackets of any width, with digits of any script: `千と千尋の神隠し（2001年）`. */
const YEAR_AT_END = /^(.+)[(（﹙]\s*(\p{Nd}{4})\s*(?:[年년]\s*)?[)）﹚]$/su

/** `Ikiru (1952)`: the inverse of `parseMovie`. */
export const movieName = (movie: { title: string; year?: number } | null): string =>
  movie ? [movie.title, movie.year && `(${movie.year})`].filter(Boolean).join(' ') : ''
