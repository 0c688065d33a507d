/** Reviews and films in schema.org's vocabulary, for search engines. Only our own rating is included: others' are not ours to mark up. */
import { sharePath } from './card/paths'
import { criticPath } from './page-paths'
import type { Card, Critic, Movie, PublicReview } from './types/review'

const movieLd = ({
  title,
  year,
  director,
  genres,
  minutes,
  imdbId,
  image,
}: Partial<Movie> & Pick<Movie, 'title' | 'year'> & { image?: string }) => ({
  '@type': 'Movie',
  name: title,
  ...(year && { datePublished: String(year) }),
  ...(genres?.length && { genre: genres }),
  ...(director && { director: { '@type': 'Person', name: director } }),
  ...(minutes && { duration: `PT${minutes}M` }),
  ...(image && { image }),
  ...(imdbId && { sameAs: `https://www.imdb.com/title/${imdbId}/` }),
})

const rating = (value: number) => ({
  '@type': 'Rating',
  ratingValue: value,
  bestRating: 5,
  worstRating: 0,
})
/** The reviews that come with the software are signed with the name of the site, which is no person. */
const SITE = 'MyMovies'

const authorLd = ({ id, slug, name }: Critic, siteUrl: string) => ({
  '@type': name === SITE ? 'Organization' : 'Person',
  name,
  url: siteUrl + criticPath(slug ?? id),
})

const publisherLd = (siteUrl: string) => ({
  '@type': 'Organization',
  name: SITE,
  url: `${siteUrl}/`,
  logo: { '@type': 'ImageObject', url: `${siteUrl}/icon-512.png`, width: 512, height: 512 },
})

/** An editor's poster, else the title card of our newest review. */
const imageOf = (movie: Partial<Movie>, reviewId: string, siteUrl: string) =>
  movie.poster ? new URL(movie.poster.url, siteUrl).href : siteUrl + sharePath(reviewId)

export const reviewLd = (review: PublicReview, siteUrl: string) => ({
  '@type': 'Review',
  name: review.title,
  url: review.url,
  description: review.summary,
  image: siteUrl + sharePath(review.id),
  itemReviewed: movieLd({ ...review.movie, image: imageOf(review.movie, review.id, siteUrl) }),
  reviewRating: rating(review.rating),
  author: authorLd(review.critic, siteUrl),
  publisher: publisherLd(siteUrl),
  datePublished: review.publishedAt,
  dateModified: review.correctedAt ?? review.fixedAt ?? review.publishedAt,
  inLanguage: review.language ?? 'en',
})

/** A film with our reviews of it, newest first. */
export const reviewedMovieLd = (movie: Movie, reviews: Card[], siteUrl: string) => ({
  ...movieLd({ ...movie, image: imageOf(movie, reviews[0]!.id, siteUrl) }),
  review: reviews.map(card => ({
    '@type': 'Review',
    name: card.title,
    url: card.url,
    reviewRating: rating(card.rating),
    author: authorLd(card.critic, siteUrl),
    publisher: publisherLd(siteUrl),
    datePublished: card.publishedAt,
  })),
})

export const criticLd = ({ bio, ...critic }: Critic & { bio?: string }, siteUrl: string) => ({
  '@type': 'ProfilePage',
  mainEntity: { ...authorLd(critic, siteUrl), ...(bio && { description: bio }) },
})

/** The pages above a page, from the top down, and the page itself. */
export interface Step {
  name: string
  path: string
}

export const breadcrumbsLd = (trail: Step[], siteUrl: string) => ({
  '@type': 'BreadcrumbList',
  itemListElement: trail.map(({ name, path }, i) => ({
    '@type': 'ListItem',
    position: i + 1,
    name,
    item: siteUrl + path,
  })),
})
