/** The films that were ever reviewed, as the newest review describes them. Which reviews are shown is asked of `latest_reviews`. */
import type { Movie } from '../../shared/types/review'
import type { Recorded } from '../log/event-log'
import { defineProjection } from '../read-models/define-projection'

export interface MovieRow {
  id: string
  title: string
  year: number | null
  genres: string[]
  movie: Movie
}

const rowOf = (movie: Movie): MovieRow => ({
  id: movie.id,
  title: movie.title,
  year: movie.year ?? null,
  genres: movie.genres,
  movie,
})

const filmOf = (event: Recorded) =>
  event.type === 'ReviewPublished'
    ? event.data.content.movie
    : event.type === 'ReviewFixed' || event.type === 'ReviewCorrected'
      ? event.data.changes.movie
      : undefined

const describe = (row: MovieRow | undefined, event: Recorded) => {
  const movie = filmOf(event)
  return movie && rowOf({ ...row?.movie, ...movie })
}

export default defineProjection<MovieRow>({
  name: 'movies',
  version: 1,
  columns: { id: 'text', title: 'text', year: 'integer', genres: 'json', movie: 'json' },
  indexes: [['title']],
  key: event => filmOf(event)?.id,
  on: { ReviewPublished: describe, ReviewFixed: describe, ReviewCorrected: describe },
})
