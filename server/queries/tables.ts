/**
 * The tables of views.sqlite as queries see them: one per projection, under its plain name,
 * whichever version is behind it. JSON columns are text.
 */
import type { Kysely } from 'kysely'
import type { CriticRow } from '../projections/critics'
import type { LatestRow } from '../projections/latest-reviews'
import type { MovieRow } from '../projections/movies'
import type { PosterRow } from '../projections/posters'
import type { PublicChangeRow } from '../projections/public-changes'
import type { ReviewMovieRow } from '../projections/review-movies'
import type { ReviewRow } from '../projections/reviews'
import type { SearchRow } from '../projections/search'
import type { BookkeepingTables } from '../read-models/views'

type Stored<Row> = { [C in keyof Row]: Row[C] extends string | number | null ? Row[C] : string }

export interface ViewTables extends BookkeepingTables {
  reviews: Stored<ReviewRow>
  critics: Stored<CriticRow>
  latest_reviews: Stored<LatestRow>
  movies: Stored<MovieRow>
  posters: Stored<PosterRow>
  review_movies: Stored<ReviewMovieRow>
  public_changes: Stored<PublicChangeRow>
  search: Stored<SearchRow>
}

export type Views = Kysely<ViewTables>
