/** The types that name each other: a review has a film and a critic, who have reviews. */
import type { Card, Critic as CriticShape } from '../../../shared/types/review'
import { builder } from '../builder'
import type { Loaders } from '../loaders'

/** What a list knows of a film, and the review that knows the rest. */
export type MovieShape = Card['movie'] & { reviewId: string }

export const Review = builder.objectRef<Card>('Review')
export const Movie = builder.objectRef<MovieShape>('Movie')
export const Critic = builder.objectRef<CriticShape>('Critic')

/** A film as its newest review describes it; undefined if it has none. */
export async function movieOf(id: string, load: Loaders): Promise<MovieShape | undefined> {
  const [newest] = (await load.reviewsOf('movie_id', id, NEWEST)) ?? []
  return newest && { ...newest.movie, reviewId: newest.id }
}
const NEWEST = { limit: 1, inverted: false }

const ReviewEdge = builder.edgeObject({ name: 'ReviewEdge', type: Review })
export const ReviewConnection = builder.connectionObject(
  { name: 'ReviewConnection', type: Review },
  ReviewEdge,
)
