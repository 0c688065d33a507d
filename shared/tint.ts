/** Which light a film's title is set in, after the tinting of silent film; all that is not named is silver. */
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

/** What films are usually sorted by; a film may have others. */
export const GENRES: readonly string[] = [
  ...Object.keys(TINT),
  'Biography',
  'Documentary',
  'Drama',
  'History',
  'Sport',
].sort()

export type Tint = (typeof TINT)[keyof typeof TINT] | 'sepia' | 'silver'

/** Drama, the commonest genre, has two lights: silver while films were, sepia from the year when most were shot in colour. */
const COLOUR_SINCE = 1960

/** The genre that a film is shown under, the first that has a tint of its own, and that tint (`--tint-…` in tokens.css). */
export function tintOf(genres: readonly string[], year?: number): { genre: string; tint: Tint } {
  const genre = genres.find(name => Object.hasOwn(TINT, name)) ?? genres[0] ?? ''
  if (Object.hasOwn(TINT, genre)) return { genre, tint: TINT[genre as keyof typeof TINT] }
  return { genre, tint: genre === 'Drama' && year && year >= COLOUR_SINCE ? 'sepia' : 'silver' }
}
