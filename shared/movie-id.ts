/** A film is named by its title and year: the same film named twice is one film. */
import { slugOf } from './slug'

export const movieId = (title: string, year?: number): string =>
  [slugOf(title), year].filter(part => part !== undefined).join('-')

/** `Ikiru (1952)` → title and year; a title alone has no year. */
export function parseMovie(text: string): { title: string; year?: number } {
  const found = /^(.*\S)\s*\(((?:18|19|20)\d\d)\)\s*$/.exec(text.trim())
  return found ? { title: found[1]!, year: Number(found[2]) } : { title: text.trim() }
}

/** `Ikiru (1952)`: what `parseMovie` reads again. */
export const movieName = (movie: { title: string; year?: number } | null): string =>
  movie ? [movie.title, movie.year && `(${movie.year})`].filter(Boolean).join(' ') : ''
