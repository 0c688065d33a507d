/**
 * The films that were ever reviewed, as they were described last: what the writing page suggests.
 * What a film's own page shows is up to its newest shown review.
 */
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

function filmOf(event: Recorded): Movie | undefined {
  if (event.type === 'ReviewPublished') return event.data.content.movie
  if (event.type === 'ReviewFixed' || event.type === 'ReviewCorrected')
    return event.data.changes.movie
}

/** What the newest description lacks is gone. */
const describe = (_: MovieRow | undefined, event: Recorded) => {
  const movie = filmOf(event)
  return movie && rowOf(movie)
}

export default defineProjection<MovieRow>({
  name: 'movies',
  version: 2,
  columns: { id: 'text', title: 'text', year: 'integer', genres: 'json', movie: 'json' },
  indexes: [['title']],
  key: event => filmOf(event)?.id,
  on: { ReviewPublished: describe, ReviewFixed: describe, ReviewCorrected: describe },
})
