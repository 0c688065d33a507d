/** Matches a review against wants: values within a list are OR, lists are AND, an absent one means everything. Pure. */
import { genreKey } from './genre-key'
import type { Card } from './types/review'
import type { Wants } from './types/wants'

/** The fields of a review that wants can match on. */
export type Matchable = Pick<Card, 'genres' | 'critic' | 'rating'>

/** Genres ignore case and accents, critics are given by id, and an empty list counts as absent. */
export function matches(
  wants: Pick<Wants, 'genres' | 'critics' | 'minRating'>,
  review: Matchable,
): boolean {
  return (
    review.rating >= (wants.minRating ?? 0) &&
    (!wants.critics?.length || wants.critics.includes(review.critic.id)) &&
    (!wants.genres?.length || shareGenre(wants.genres, review.genres))
  )
}

function shareGenre(wanted: readonly string[], genres: readonly string[]): boolean {
  const keys = keysOf(genres)
  return [...keysOf(wanted)].some(key => keys.has(key))
}

/** The same lists are compared again and again, and a key takes longer than the rest. */
const known = new WeakMap<readonly string[], ReadonlySet<string>>()

function keysOf(genres: readonly string[]): ReadonlySet<string> {
  const keys = known.get(genres) ?? new Set(genres.map(genreKey))
  known.set(genres, keys)
  return keys
}
