/** A film is identified by its title and year, so the same film named twice is one film. */
import { slugOf } from './slug'

export const movieId = (title: string, year?: number): string =>
  [slugOf(title), year].filter(part => part !== undefined).join('-')

/** `Ikiru (1952)` → title and year; a title alone has no year. */
export function parseMovie(text: string): { title: string; year?: number } {
  const found = /^(.*\S)\s*\(((?:18|19|20)\d\d)\)\s*$/.exec(text.trim())
  return found ? { title: found[1]!, year: Number(found[2]) } : { title: text.trim() }
}

/** `Ikiru (1952)`: the inverse of `parseMovie`. */
export const movieName = (movie: { title: string; year?: number } | null): string =>
  movie ? [movie.title, movie.year && `(${movie.year})`].filter(Boolean).join(' ') : ''
