/**
 * Matches a review against what a reader asked for: values within a list are OR, lists are AND, an
 * absent one means everything.
 */
import { genreKey } from '../../shared/genre-key'
import type { Card, PublicReview } from '../../shared/types/review'
import type { Wants } from '../../shared/types/wants'

/** The fields of a review that wants can match on. */
export type Matchable = Pick<Card, 'genres' | 'critic' | 'rating'>

/** Genres ignore case and accents, critics are given by id, and an empty list counts as absent. */
export function matches(wants: Wants, review: Matchable): boolean {
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

export const NO_LONGER_WANTED = 'the reader wants others now'

/** Whether a reader still wants this review, as it is now: wants may change while it waits to be sent. */
export const stillWants = (
  { wants }: { wants: Wants },
  { movie, critic, rating }: Pick<PublicReview, 'movie' | 'critic' | 'rating'>,
) => matches(wants, { rating, critic, genres: movie.genres })

/** The columns for wants: the whole of them, and beside them what a query preselects by. */
export const wantsColumns = (wants: Wants) => ({
  wants: JSON.stringify(wants),
  frequency: wants.frequency ?? 'instant',
  min_rating: wants.minRating ?? 0,
})
