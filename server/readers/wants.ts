/** A reader's wants beside a review that waits to be sent, and as columns of a table. */
import { matches } from '../../shared/matches-wants'
import type { PublicReview } from '../../shared/types/review'
import type { Wants } from '../../shared/types/wants'

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
