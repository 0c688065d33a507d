/** Tells films apart by what our reviews say of them: the IMDb id, else the exact title and the year. */
import { sql } from 'kysely'
import { movieKey } from '../../shared/movie-id'
import type { Movie } from '../../shared/types/review'
import type { Views } from './tables'

/** A film as somebody names it, for one of our reviews. */
export type Named = Pick<Movie, 'title' | 'year' | 'imdbId'> & { reviewId: string }

/** The film that other reviews are about under this IMDb id or this name; the oldest if there are several. */
export async function knownMovieId(
  views: Views,
  { title, year, imdbId, reviewId }: Named,
): Promise<string | undefined> {
  const rows = await views
    .selectFrom('review_movies')
    .select(['movie_id', 'imdb_id'])
    .where(eb =>
      eb.or([
        eb('name', '=', movieKey(title, year)),
        ...(imdbId ? [eb('imdb_id', '=', imdbId)] : []),
      ]),
    )
    .where('id', '<>', reviewId)
    .orderBy('position')
    .execute()
  const same = imdbId && rows.find(row => row.imdb_id === imdbId)
  if (same) return same.movie_id
  for (const id of new Set(rows.map(row => row.movie_id)))
    if (!imdbId || !(await hasImdbId(views, id, reviewId))) return id
}

/** Whether other reviews of the film at this address know its IMDb id. */
async function hasImdbId(views: Views, id: string, reviewId: string): Promise<boolean> {
  const row = await views
    .selectFrom('review_movies')
    .select('imdb_id')
    .where('movie_id', '=', id)
    .where('id', '<>', reviewId)
    .where('imdb_id', 'is not', null)
    .executeTakeFirst()
  return row !== undefined
}

/** Whether another review is, or was, about the film at this address. */
export async function isTaken(views: Views, id: string, reviewId: string): Promise<boolean> {
  const row = await views
    .selectFrom('review_movies')
    .select('id')
    .where(eb => eb.or([eb('movie_id', '=', id), wasAt(id)]))
    .where('id', '<>', reviewId)
    .executeTakeFirst()
  return row !== undefined
}

/** Where the film at a former address is now. */
export async function movedTo(views: Views, id: string): Promise<string | undefined> {
  const row = await views
    .selectFrom('review_movies')
    .select('movie_id')
    .where(wasAt(id))
    .where('shown', '=', 1)
    .orderBy('position')
    .executeTakeFirst()
  return row?.movie_id
}

const wasAt = (id: string) =>
  sql<boolean>`(moved = 1 AND EXISTS (SELECT 1 FROM json_each(former_ids) WHERE value = ${id}))`
