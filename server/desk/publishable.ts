/** Checks whether a text can be published as it is, and makes the content to publish. */
import { plainText } from '../../shared/markdown/plain-text'
import { posterId } from '../../shared/poster-id'
import type { DraftContent, Movie } from '../../shared/types/review'
import { type FieldProblem, Problem } from '../http/problem'
import { languageOf } from '../media/language'
import { parseBody } from '../media/markdown/parse'
import { isRemoved } from '../media/uploads/row'
import type { PublishedContent } from '../review/events'

/** What is missing before a review can be published, field by field; empty if nothing is. */
export function missing({ title, movie, rating }: DraftContent): FieldProblem[] {
  const problems: FieldProblem[] = []
  if (!title?.trim()) problems.push({ path: 'title', message: 'must not be empty' })
  if (!movie?.title) problems.push({ path: 'movie.title', message: 'must not be empty' })
  if (rating === undefined) problems.push({ path: 'rating', message: 'must be chosen' })
  return [...problems, ...missingAlt(movie)]
}

const missingAlt = (movie: Movie | undefined): FieldProblem[] =>
  movie?.poster && !movie.poster.alt.trim()
    ? [{ path: 'movie.poster.alt', message: 'must describe the poster' }]
    : []

/** A poster that was withdrawn for good may still be in a draft. */
const removedPoster = async (movie: Movie | undefined): Promise<FieldProblem[]> =>
  movie?.poster && (await isRemoved(posterId(movie.poster.url)))
    ? [{ path: 'movie.poster.url', message: 'was withdrawn for good' }]
    : []

/**
 * The content with its text parsed. Throws a 422 that names each missing field, or `body` if the
 * Markdown is refused.
 */
export async function publishable(content: DraftContent): Promise<PublishedContent> {
  requireNone([...missing(content), ...(await removedPoster(content.movie))])
  const { title, movie, rating, summary = '', body = '', tags = [], spoiler = false } = content
  const tree = await parseBody(body)
  const language = await languageOf([title, summary, plainText(tree)].join('\n'))
  return {
    title: title!,
    movie: movie!,
    rating: rating!,
    summary,
    body,
    tags,
    spoiler,
    tree,
    ...(language !== 'en' && language && { language }),
  }
}

/**
 * Changed fields of a published text, with the body parsed if it is among them. Throws a 422
 * likewise.
 */
export async function publishableChanges(
  changes: DraftContent,
): Promise<Partial<PublishedContent>> {
  requireNone([...missingAlt(changes.movie), ...(await removedPoster(changes.movie))])
  if (changes.body === undefined) return changes
  const tree = await parseBody(changes.body)
  const language = await languageOf(plainText(tree))
  return { ...changes, tree, ...(language && { language }) }
}

function requireNone(problems: FieldProblem[]) {
  const first = problems[0]
  if (first)
    throw new Problem(
      422,
      'The review is not ready to publish',
      `${first.path} ${first.message}.`,
      problems,
    )
}
