/** The colour of the light that a film's title is set in, after the tinting of silent films; silver unless listed. */
const TINT = {
  Comedy: 'amber',
  Family: 'amber',
  Crime: 'blue',
  Thriller: 'blue',
  Mystery: 'blue',
  'Film-Noir': 'blue',
  Romance: 'rose',
  Horror: 'red',
  War: 'red',
  Action: 'red',
  Adventure: 'green',
  Western: 'green',
  Animation: 'green',
  Fantasy: 'lavender',
  Musical: 'lavender',
  Music: 'lavender',
  'Sci-Fi': 'cyan',
} as const

/** The usual genres; a film may have others. */
export const GENRES: readonly string[] = [
  ...Object.keys(TINT),
  'Biography',
  'Documentary',
  'Drama',
  'History',
  'Sport',
].sort()

export type Tint = (typeof TINT)[keyof typeof TINT] | 'sepia' | 'silver'

/** Drama, the most common genre, has two tints: silver for black-and-white films, sepia from the year when most were shot in colour. */
const COLOUR_SINCE = 1960

/** The genre that a film is shown under, which is the first that has its own tint, and that tint (`--tint-…` in tokens.css). */
export function tintOf(genres: readonly string[], year?: number): { genre: string; tint: Tint } {
  const genre = genres.find(name => Object.hasOwn(TINT, name)) ?? genres[0] ?? ''
  if (Object.hasOwn(TINT, genre)) return { genre, tint: TINT[genre as keyof typeof TINT] }
  return { genre, tint: genre === 'Drama' && year && year >= COLOUR_SINCE ? 'sepia' : 'silver' }
}
