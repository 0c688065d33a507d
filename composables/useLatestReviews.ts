/** The reviews of a list page, newest first. */
import type { Card } from '~/shared/types/review'

export interface LatestAnswer { items: Card[], next: string | null, position: number, total?: number }

export const useLatestReviews = (query: { limit?: number, after?: string, genre?: string, critic?: string } = {}) =>
  usePublicAnswer<LatestAnswer>('/api/reviews', query)
