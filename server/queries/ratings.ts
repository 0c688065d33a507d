/** How the shown reviews rate, all or those that match a filter. */
import { narrowReviews, requireGenre, type ReviewFilter } from './narrow-reviews'
import type { Views } from './tables'

export interface Ratings {
  count: number
  /** 0 to 5; null without a review. */
  average: number | null
  /** Only ratings that were given, the best first. */
  distribution: { rating: number; reviews: number }[]
}

/** Throws a 404 for a genre or a critic that no review ever had. */
export async function ratingsOf(views: Views, filter: ReviewFilter): Promise<Ratings> {
  const distribution = await (
    await narrowReviews(views, filter)
  )
    .select('rating')
    .select(eb => eb.fn.countAll<number>().as('reviews'))
    .groupBy('rating')
    .orderBy('rating', 'desc')
    .execute()
  if (filter.genre && !distribution.length) await requireGenre(views, filter.genre)
  const count = sum(distribution.map(({ reviews }) => reviews))
  const total = sum(distribution.map(({ rating, reviews }) => rating * reviews))
  return { count, average: count ? total / count : null, distribution }
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)
