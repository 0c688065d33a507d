/** What a film is called in an address, in comparing, and in the one-line form that people type. */
import { foldText } from './fold-text'
import { slugOf } from './slug'

/** The address of a film that is the first with its words and year; another one gets a number appended. */
export const movieId = (title: string, year?: number): string =>
  [slugOf(title), year].filter(part => part !== undefined).join('-')

/** Equal for two films that only their IMDb ids can tell apart: case and accents do not count, punctuation does (`mother!`). */
export const movieKey = (title: string, year?: number): string =>
  `${foldText(title).replaceAll(/\s+/g, ' ').trim()} (${year ?? ''})`

/** `Ikiru (1952)` → title and year; a title alone has no year. */
export function parseMovie(text: string): { title: string; year?: number } {
  const found = /^(.*\S)\s*\(((?:18|19|20)\d\d)\)\s*$/.exec(text.trim())
  return found ? { title: found[1]!, year: Number(found[2]) } : { title: text.trim() }
}

/** `Ikiru (1952)`: the inverse of `parseMovie`. */
export const movieName = (movie: { title: string; year?: number } | null): string =>
  movie ? [movie.title, movie.year && `(${movie.year})`].filter(Boolean).join(' ') : ''
