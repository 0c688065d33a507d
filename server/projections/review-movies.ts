/**
 * Which film each review is about, and which addresses that film had before its title was fixed:
 * what tells one film from another.
 */
import { movieKey } from '../../shared/movie-id'
import type { Movie } from '../../shared/types/review'
import { defineProjection } from '../read-models/define-projection'

/**
 * `name` is the title and year as they are compared; `moved` is 1 where `former_ids` is not empty.
 */
export interface ReviewMovieRow {
  id: string
  movie_id: string
  name: string
  imdb_id: string | null
  shown: number
  moved: number
  former_ids: string[]
  position: number
}

const nameOf = ({ id, title, year, imdbId }: Movie) => ({
  movie_id: id,
  name: movieKey(title, year),
  imdb_id: imdbId ?? null,
})

function renamed(row: ReviewMovieRow | undefined, movie: Movie | undefined) {
  if (!row || !movie) return undefined
  const former_ids = [...new Set([...row.former_ids, row.movie_id])].filter(id => id !== movie.id)
  return { ...row, ...nameOf(movie), former_ids, moved: former_ids.length ? 1 : 0 }
}

export default defineProjection<ReviewMovieRow>({
  name: 'review_movies',
  version: 1,
  columns: {
    id: 'text',
    movie_id: 'text',
    name: 'text',
    imdb_id: 'text',
    shown: 'integer',
    moved: 'integer',
    former_ids: 'json',
    position: 'integer',
  },
  indexes: [['movie_id'], ['name'], ['imdb_id'], ['moved']],
  on: {
    ReviewPublished: (_, { position, data: { id, content } }) => ({
      id,
      ...nameOf(content.movie),
      shown: 1,
      moved: 0,
      former_ids: [],
      position,
    }),
    ReviewFixed: (row, { data }) => renamed(row, data.changes.movie),
    ReviewCorrected: (row, { data }) => renamed(row, data.changes.movie),
    ReviewArchived: row => row && { ...row, shown: 0 },
    ReviewRestored: row => row && { ...row, shown: 1 },
    ReviewErased: () => null,
  },
})
