/** Does a review match what a reader asked for? Values within a list are OR, the kinds are AND, absent means everything. */
import type { Card } from '../../shared/types/review'
import type { Wants } from '../../shared/types/wants'

/** What of a review a wish can look at. */
export type Matchable = Pick<Card, 'genres' | 'critic' | 'rating'>

/** Genres compare without case. A critic is named by id. An empty list is an absent one. */
export function matches(wants: Wants, review: Matchable): boolean {
  return (
    review.rating >= (wants.minRating ?? 0) &&
    (!wants.critics?.length || wants.critics.includes(review.critic.id)) &&
    (!wants.genres?.length ||
      wants.genres.some(wanted =>
        review.genres.some(genre => genre.toLowerCase() === wanted.toLowerCase()),
      ))
  )
}

/** A wish as its row keeps it: whole, and beside it what a query preselects by. */
export const wantsColumns = (wants: Wants) => ({
  wants: JSON.stringify(wants),
  frequency: wants.frequency ?? 'instant',
  min_rating: wants.minRating ?? 0,
})
