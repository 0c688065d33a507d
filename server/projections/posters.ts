/** The posters that reviews show or once showed, so that a picture is public only while a review shows it. */
import { posterId } from '../../shared/poster-id'
import type { Movie } from '../../shared/types/review'
import { defineProjection } from '../read-models/define-projection'

/** `poster` and `ever` are names of uploads without their ending; `ever` are all that were public. */
export interface PosterRow {
  id: string
  shown: number
  poster: string | null
  ever: string[]
}

/** A review that never had a poster has no row. */
function withMovie(
  row: PosterRow | undefined,
  id: string,
  movie: Movie | undefined,
): PosterRow | undefined {
  if (!movie) return undefined
  const poster = movie.poster ? posterId(movie.poster.url) : null
  if (!row && !poster) return undefined
  const ever = new Set([...(row?.ever ?? []), ...(poster ? [poster] : [])])
  return { id, shown: 1, poster, ever: [...ever] }
}

export default defineProjection<PosterRow>({
  name: 'posters',
  version: 1,
  columns: { id: 'text', shown: 'integer', poster: 'text', ever: 'json' },
  indexes: [['poster']],
  on: {
    ReviewPublished: (row, { data }) => withMovie(row, data.id, data.content.movie),
    ReviewFixed: (row, { data }) => withMovie(row, data.id, data.changes.movie),
    ReviewCorrected: (row, { data }) => withMovie(row, data.id, data.changes.movie),
    ReviewArchived: row => row && { ...row, shown: 0 },
    ReviewRestored: row => row && { ...row, shown: 1 },
    ReviewErased: () => null,
  },
})
