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
  movie: Movie
}

function filmOf(event: Recorded): Movie | undefined {
  if (event.type === 'ReviewPublished') return event.data.content.movie
  if (event.type === 'ReviewFixed' || event.type === 'ReviewCorrected')
    return event.data.changes.movie
}

/** What the newest description lacks is gone. */
const describe = (_: MovieRow | undefined, event: Recorded) => {
  const movie = filmOf(event)
  return movie && { id: movie.id, title: movie.title, movie }
}

export default defineProjection<MovieRow>({
  name: 'movies',
  version: 3,
  columns: { id: 'text', title: 'text', movie: 'json' },
  key: event => filmOf(event)?.id,
  on: { ReviewPublished: describe, ReviewFixed: describe, ReviewCorrected: describe },
})
