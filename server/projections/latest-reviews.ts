/**
 * The list that the front page, the feeds and the API read: one card per review, `shown` while it
 * is published.
 */
import { genreKey } from '../../shared/genre-key'
import { reviewPath } from '../../shared/page-paths'
import type { Card, PublicReview } from '../../shared/types/review'
import { defineProjection } from '../read-models/define-projection'
import type { PublishedContent } from '../review/events'
import { card as cardOf } from '../review/public-review'
import { ERASED_CONTENT } from '../review/texts'

/** `url` in the card is a path: the site's address is a setting, not an event. */
export interface LatestRow {
  id: string
  shown: number
  published_at: string
  critic_id: string
  movie_id: string
  rating: number
  genres: string[]
  /** What makes two spellings one genre. */
  genre_keys: string[]
  card: Card
}

const genresOf = ({ genres }: Card) => ({ genres, genre_keys: genres.map(genreKey) })

function rowOf(review: PublicReview, shown = 1): LatestRow {
  const card = cardOf(review)
  return {
    id: review.id,
    shown,
    published_at: review.publishedAt,
    critic_id: review.critic.id,
    movie_id: review.movie.id,
    rating: review.rating,
    ...genresOf(card),
    card,
  }
}

/** The row with the changes applied to its card. */
function withChanges(
  row: LatestRow,
  changes: Partial<PublishedContent>,
  correctedAt?: string,
): LatestRow {
  const { title, movie, rating, summary, spoiler } = changes
  const card: Card = {
    ...row.card,
    ...(title !== undefined && { title }),
    ...(rating !== undefined && { rating }),
    ...(summary !== undefined && { summary }),
    ...(spoiler !== undefined && { spoiler: spoiler || undefined }),
    ...(correctedAt && { correctedAt }),
    ...(movie && {
      movie: {
        id: movie.id,
        title: movie.title,
        year: movie.year,
        ...(movie.poster && { poster: movie.poster }),
        ...(movie.ratio && { ratio: movie.ratio }),
      },
      genres: movie.genres,
    }),
  }
  return { ...row, movie_id: card.movie.id, rating: card.rating, ...genresOf(card), card }
}

/** It stays in the list of what was withdrawn, without a word of its text. */
const erasedRow = ({ id, published_at, card: { critic } }: LatestRow, slug: string): LatestRow =>
  rowOf(
    {
      ...ERASED_CONTENT,
      id,
      slug,
      url: reviewPath(slug),
      critic,
      publishedAt: published_at,
      corrections: [],
    },
    0,
  )

export default defineProjection<LatestRow>({
  name: 'latest_reviews',
  shownAs: ['Front page', 'Feeds'],
  version: 3,
  columns: {
    id: 'text',
    shown: 'integer',
    published_at: 'text',
    critic_id: 'text',
    movie_id: 'text',
    rating: 'real',
    genres: 'json',
    genre_keys: 'json',
    card: 'json',
  },
  indexes: [['shown', 'published_at', 'id'], ['critic_id'], ['movie_id']],
  on: {
    ReviewPublished: (_, { data: { id, slug, critic, content, publishedAt } }) =>
      rowOf({
        ...content,
        id,
        slug,
        url: reviewPath(slug),
        critic,
        publishedAt,
        corrections: [],
      }),
    ReviewFixed: (row, { data }) => row && withChanges(row, data.changes),
    ReviewCorrected: (row, { data }) => row && withChanges(row, data.changes, data.correctedAt),
    ReviewArchived: row => row && { ...row, shown: 0 },
    ReviewRestored: row => row && { ...row, shown: 1 },
    ReviewErased: (row, { data }) => row && erasedRow(row, data.slug),
  },
})
