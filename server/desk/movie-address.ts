/**
 * Gives a film its address when a review of it becomes public: the one it has, or a free one.
 * Addresses are reserved, so that two films published at the same moment never share one.
 */
import { movieId, movieKey } from '../../shared/movie-id'
import type { Movie } from '../../shared/types/review'
import { useApp } from '../db/open'
import { isTaken, knownMovieId, type Named } from '../queries/movie-identity'
import { useViews } from '../queries/views'

/** The content with the address of its film; `reviewId` is the review that it belongs to. */
export async function withMovieAddress<Content extends { movie?: Movie }>(
  reviewId: string,
  content: Content,
): Promise<Content> {
  const { movie } = content
  if (!movie) return content
  const named = { ...movie, reviewId }
  const id = (await knownMovieId(useViews(), named)) ?? (await freeAddress(named))
  return { ...content, movie: { ...movie, id } }
}

async function freeAddress(named: Named): Promise<string> {
  const base = movieId(named.title, named.year)
  for (let n = 1; ; n++) {
    const id = n === 1 ? base : `${base}-${n}`
    if (!(await isTaken(useViews(), id, named.reviewId)) && (await reserve(id, named))) return id
  }
}

/** False when the address was reserved for another film. */
async function reserve(id: string, { title, year, imdbId, reviewId }: Named) {
  const app = await useApp()
  const name = movieKey(title, year)
  const values = { name, imdb_id: imdbId ?? null, review_id: reviewId }
  const row = await app
    .insertInto('movie_addresses')
    .values({ id, ...values })
    .onConflict(conflict =>
      conflict
        .column('id')
        .doUpdateSet(values)
        .where(eb => {
          const sameFilm = [eb('movie_addresses.name', '=', name)]
          if (imdbId)
            sameFilm.push(
              eb.or([
                eb('movie_addresses.imdb_id', 'is', null),
                eb('movie_addresses.imdb_id', '=', imdbId),
              ]),
            )
          return eb.or([eb('movie_addresses.review_id', '=', reviewId), eb.and(sameFilm)])
        }),
    )
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
