/** What the public may see of a review's state. Pure: times and addresses are arguments. */
import { reviewPath } from '../../shared/page-paths'
import type { Archived, Card, PublicReview } from '../../shared/types/review'
import type { ReviewState } from './review'

export const reviewUrl = (siteUrl: string, slug: string) => siteUrl + reviewPath(slug)

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
  const { id, slug, critic, content, publishedAt, archived, erased } = state
  if (!archived || !slug || !content) return undefined
  const { id: movieId, title, year } = content.movie
  return {
    id,
    slug,
    url: reviewUrl(siteUrl, slug),
    withdrawn: true,
    headline: content.title,
    movie: { id: movieId, title, ...(year && { year }) },
    critic,
    reason: archived.reason,
    ...(archived.by && { by: archived.by }),
    publishedAt: publishedAt!,
    archivedAt: archived.at,
    ...(erased && { erased: true }),
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
