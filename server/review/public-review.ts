/** What the public may see of a review's state. Pure: times and addresses are arguments. */
import type { Archived, Card, PublicReview } from '../../shared/types/review'
import type { ReviewState } from './review'

export const reviewUrl = (siteUrl: string, slug: string) => `${siteUrl}/reviews/${slug}`

/**
 * The last published text, even of an archived review (needed to find the posts to delete);
 * undefined before the first publish.
 */
export function publicReview(state: ReviewState, siteUrl: string): PublicReview | undefined {
  const { id, slug, critic, content, publishedAt, fixedAt, corrections, sample } = state
  if (!slug || !content || !publishedAt) return undefined
  const correctedAt = corrections.at(-1)?.at
  return {
    id,
    slug,
    url: reviewUrl(siteUrl, slug),
    critic,
    ...content,
    publishedAt,
    ...(fixedAt && { fixedAt }),
    ...(correctedAt && { correctedAt }),
    corrections,
    ...(sample && { sample }),
  }
}

export function archivedNotice(state: ReviewState, siteUrl: string): Archived | undefined {
  if (state.status !== 'archived' || !state.slug) return undefined
  return {
    id: state.id,
    slug: state.slug,
    url: reviewUrl(siteUrl, state.slug),
    withdrawn: true,
    reason: state.archived!.reason,
    publishedAt: state.publishedAt!,
    archivedAt: state.archived!.at,
  }
}

export function card({
  id,
  slug,
  url,
  title,
  movie,
  rating,
  summary,
  critic,
  spoiler,
  publishedAt,
  correctedAt,
}: PublicReview): Card {
  const { id: movieId, title: film, year, poster, ratio } = movie
  return {
    id,
    slug,
    url,
    title,
    movie: { id: movieId, title: film, year, ...(poster && { poster }), ...(ratio && { ratio }) },
    rating,
    summary,
    critic,
    genres: movie.genres,
    ...(spoiler && { spoiler }),
    publishedAt,
    ...(correctedAt && { correctedAt }),
  }
}
