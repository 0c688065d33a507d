/**
 * Looks up the names that wants are worded with: only critics and genres with a public review,
 * never the asker's own words.
 */
import { genreKey } from '../../shared/genre-key'
import type { Wants } from '../../shared/types/wants'
import { listCritics } from '../queries/critics'
import { listGenres } from '../queries/movies'
import type { Views } from '../queries/tables'
import { isUsual } from './genre-words'

/** A critic by id, and a genre as our reviews spell it; undefined if no public review has it. */
export interface Names {
  critic: (id: string) => string | undefined
  genre: (asked: string) => string | undefined
}

/** The names that all these wants need; looks up nothing else. */
export async function namesFor(views: Views, allWants: Wants[]): Promise<Names> {
  const critics = allWants.some(wants => wants.critics?.length) ? await listCritics(views) : []
  const genres = allWants.some(wants => wants.genres?.some(genre => !isUsual(genre)))
    ? await listGenres(views)
    : []
  const byId = new Map(critics.map(({ id, name }) => [id, name]))
  const byWord = new Map(genres.map(({ genre }) => [genreKey(genre), genre]))
  return { critic: id => byId.get(id), genre: asked => byWord.get(genreKey(asked)) }
}
