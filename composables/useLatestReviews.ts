/** The reviews of a list page, newest first. */
import type { ReviewList } from '~/shared/types/reading'

export const useLatestReviews = (
  query: { limit?: number; after?: string; genre?: string; critic?: string } = {},
) => usePublicApi<ReviewList>('/api/reviews', query)
