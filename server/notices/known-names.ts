/** Refuses genres and critics that nobody knows, and puts the id of each critic for its slug. */
import { genreKey } from '../../shared/genre-key'
import type { Subscription } from '../../shared/schemas/subscription'
import { slugOf } from '../../shared/slug'
import { GENRES } from '../../shared/tint'
import { type FieldProblem, Problem } from '../http/problem'
import { criticSlugs } from '../queries/critic-slugs'
import { genreExists } from '../queries/narrow-reviews'
import type { Views } from '../queries/tables'

const USUAL = new Set(GENRES.map(genreKey))

/**
 * A genre is known if it is a usual one or a review has had it; a critic, by id or slug, once a
 * review of theirs was published. Throws `status` with the path of each that is not.
 */
export async function withKnownNames<Asked extends Pick<Subscription, 'wants'>>(
  views: Views,
  asked: Asked,
  status: 404 | 422,
): Promise<Asked> {
  const { genres = [], critics = [] } = asked.wants ?? {}
  if (!genres.length && !critics.length) return asked
  const { byId, bySlug } = await criticSlugs(views)
  const ids = critics.map(critic => (byId.has(critic) ? critic : bySlug.get(slugOf(critic))))
  const known = await Promise.all(genres.map(genre => isKnown(views, genre)))
  const errors: FieldProblem[] = [
    ...indexesOf(known, false).map(i => ({
      path: `wants.genres.${i}`,
      message: 'is a genre that no review has had',
    })),
    ...indexesOf(ids, undefined).map(i => ({
      path: `wants.critics.${i}`,
      message: 'is not the id or slug of a critic with a published review',
    })),
  ]
  if (errors.length) throw unknownNames(status, errors)
  return {
    ...asked,
    wants: { ...asked.wants, ...(critics.length && { critics: [...new Set(ids)] }) },
  }
}

const isKnown = async (views: Views, genre: string) =>
  USUAL.has(genreKey(genre)) || genreExists(views, genre)

const indexesOf = <Value>(list: Value[], value: Value) =>
  list.flatMap((each, i) => (each === value ? [i] : []))

function unknownNames(status: 404 | 422, errors: FieldProblem[]): Problem {
  const { path, message } = errors[0]!
  if (status === 422)
    return new Problem(422, 'Some fields are not valid', `${path} ${message}.`, errors)
  const title = path.includes('genres') ? 'No such genre' : 'No such critic'
  return new Problem(404, title, `${path} ${message}.`, errors)
}
