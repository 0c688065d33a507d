/** The types that name each other: a review has a film and a critic, who have reviews. */
import type { Card, Critic as CriticShape } from '../../../shared/types/review'
import { builder } from '../builder'

/** What a list knows of a film, and the review that knows the rest. */
export type MovieShape = Card['movie'] & { reviewId: string }

export const Review = builder.objectRef<Card>('Review')
export const Movie = builder.objectRef<MovieShape>('Movie')
export const Critic = builder.objectRef<CriticShape>('Critic')

const ReviewEdge = builder.edgeObject({ name: 'ReviewEdge', type: Review })
export const ReviewConnection = builder.connectionObject(
  { name: 'ReviewConnection', type: Review },
  ReviewEdge,
)
