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

function shareGenre(wanted: string[], genres: string[]): boolean {
  const keys = new Set(genres.map(genreKey))
  return wanted.some(genre => keys.has(genreKey(genre)))
}
