/**
 * The film of each review that was ever public, as that review described it last: what the writing page
 * suggests. What a film's own page shows is up to its newest shown review.
 */
import type { Movie } from '../../shared/types/review'
import type { Recorded } from '../log/event-log'
import { defineProjection } from '../read-models/define-projection'

/** One row for each review, so that an erased one takes its words along; `position` tells the newest. */
export interface MovieRow {
  id: string
  movie_id: string
  title: string
  movie: Movie
  position: number
}

const rowOf = ({ data: { id }, position }: Recorded, movie: Movie | undefined) =>
  movie && { id, movie_id: movie.id, title: movie.title, movie, position }

export default defineProjection<MovieRow>({
  name: 'movies',
  version: 4,
  columns: { id: 'text', movie_id: 'text', title: 'text', movie: 'json', position: 'integer' },
  indexes: [['movie_id', 'position']],
  on: {
    ReviewPublished: (_, event) => rowOf(event, event.data.content.movie),
    ReviewFixed: (_, event) => rowOf(event, event.data.changes.movie),
    ReviewCorrected: (_, event) => rowOf(event, event.data.changes.movie),
    ReviewErased: () => null,
  },
})
