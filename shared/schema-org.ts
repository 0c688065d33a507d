/** Reviews and films in schema.org's vocabulary, for search engines. Only our own rating is included: others' are not ours to mark up. */
import { sharePath } from './card/paths'
import { criticPath } from './page-paths'
import type { Card, Movie, PublicReview } from './types/review'

const movieLd = ({
  title,
  year,
  director,
  genres,
  minutes,
  imdbId,
}: Partial<Movie> & Pick<Movie, 'title' | 'year'>) => ({
  '@type': 'Movie',
  name: title,
  ...(year && { datePublished: String(year) }),
  ...(genres?.length && { genre: genres }),
  ...(director && { director: { '@type': 'Person', name: director } }),
  ...(minutes && { duration: `PT${minutes}M` }),
  ...(imdbId && { sameAs: `https://www.imdb.com/title/${imdbId}/` }),
})

const rating = (value: number) => ({
  '@type': 'Rating',
  ratingValue: value,
  bestRating: 5,
  worstRating: 0,
})
const person = (name: string, url: string) => ({ '@type': 'Person', name, url })
const PUBLISHER = { '@type': 'Organization', name: 'MyMovies' }

export const reviewLd = (review: PublicReview, siteUrl: string) => ({
  '@type': 'Review',
  name: review.title,
  url: review.url,
  description: review.summary,
  image: siteUrl + sharePath(review.id),
  itemReviewed: movieLd(review.movie),
  reviewRating: rating(review.rating),
  author: person(review.critic.name, siteUrl + criticPath(review.critic.slug ?? review.critic.id)),
  publisher: PUBLISHER,
  datePublished: review.publishedAt,
  dateModified: review.correctedAt ?? review.fixedAt ?? review.publishedAt,
  inLanguage: review.language ?? 'en',
})

/** A film with our reviews of it. */
export const reviewedMovieLd = (movie: Movie, reviews: Card[], siteUrl: string) => ({
  ...movieLd(movie),
  review: reviews.map(card => ({
    '@type': 'Review',
    name: card.title,
    url: card.url,
    reviewRating: rating(card.rating),
    author: person(card.critic.name, siteUrl + criticPath(card.critic.slug ?? card.critic.id)),
    datePublished: card.publishedAt,
  })),
})
