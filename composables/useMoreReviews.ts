/** Where a reader may go after a review: the other reviews of its film, and its critic's newest ones. */
import type { MovieAnswer, ReviewList } from '~/shared/types/reading'
import type { Card } from '~/shared/types/review'

const MOST = 3

export async function useMoreReviews(review: {
  id: string
  movie: { id: string }
  critic: { id: string }
}): Promise<{ onFilm: Card[]; byCritic: Card[] }> {
  const { data } = await useAsyncData(`more:${review.id}`, () =>
    Promise.all([cardsOfFilm(review.movie.id), cardsOfCritic(review.critic.id)]),
  )
  const [onFilm = [], byCritic = []] = data.value ?? []
  const shown = new Set([review.id])
  const firstOf = (cards: Card[]) => {
    const few = cards.filter(({ id }) => !shown.has(id)).slice(0, MOST)
    for (const { id } of few) shown.add(id)
    return few
  }
  return { onFilm: firstOf(onFilm), byCritic: firstOf(byCritic) }
}

/** None if this was the film's only review and it was archived. */
const cardsOfFilm = (id: string) =>
  callApi<MovieAnswer>(`/api/movies/${encodeURIComponent(id)}`).then(
    ({ reviews }) => reviews,
    () => [],
  )

const cardsOfCritic = (critic: string) =>
  callApi<ReviewList>('/api/reviews', { query: { critic, limit: 2 * MOST + 1 } }).then(
    ({ items }) => items,
    () => [],
  )
