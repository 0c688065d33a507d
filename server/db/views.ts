/** The tables of views.sqlite as queries see them: one per projection, under its plain name whatever version stands behind it. JSON columns are text. */
import type { LatestRow } from '../projections/latest-reviews'
import type { MovieRow } from '../projections/movies'
import type { ReviewRow } from '../projections/reviews'
import type { SearchRow } from '../projections/search'

type Stored<Row> = { [C in keyof Row]: Row[C] extends string | number | null ? Row[C] : string }

export interface ViewTables {
  checkpoints: { name: string; version: number; position: number }
  parked: { projection: string; position: number; review_id: string; reason: string }
  reviews: Stored<ReviewRow>
  latest_reviews: Stored<LatestRow>
  movies: Stored<MovieRow>
  search: Stored<SearchRow>
}
