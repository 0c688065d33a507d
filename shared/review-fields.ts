/** The fields that can be picked from a review and from what lists have, those inside others with a dot. */

const CRITIC = ['critic', 'critic.id', 'critic.name', 'critic.slug'] as const

export const CARD_FIELDS = [
  'id',
  'slug',
  'url',
  'title',
  'movie',
  'movie.id',
  'movie.title',
  'movie.year',
  'movie.poster',
  'movie.ratio',
  'rating',
  'summary',
  ...CRITIC,
  'genres',
  'spoiler',
  'publishedAt',
  'correctedAt',
] as const

export const REVIEW_FIELDS = [
  'id',
  'slug',
  'url',
  'title',
  'movie',
  'movie.id',
  'movie.title',
  'movie.year',
  'movie.imdbId',
  'movie.genres',
  'movie.director',
  'movie.minutes',
  'movie.ratio',
  'movie.poster',
  'rating',
  'summary',
  'body',
  'tree',
  'language',
  'tags',
  'spoiler',
  ...CRITIC,
  'publishedAt',
  'fixedAt',
  'correctedAt',
  'corrections',
  'sample',
] as const

export const MOVIE_ENTRY_FIELDS = ['id', 'title', 'year', 'genres', 'reviews', 'rating'] as const
export const CRITIC_ENTRY_FIELDS = ['id', 'slug', 'name', 'reviews', 'newest'] as const
