/** Checks whether a text can be published as it is, and makes the content to publish. */
import { plainText } from '../../shared/markdown/plain-text'
import { posterId } from '../../shared/poster-id'
import type { DraftContent, Movie } from '../../shared/types/review'
import { type FieldProblem, Problem } from '../http/problem'
import { languageOf } from '../media/language'
import { parseBody } from '../media/markdown/parse'
import { isRemoved } from '../media/uploads/row'
import { findUpload } from '../media/uploads/store'
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

/** A poster that is not there any more may still be in a draft or an earlier version. */
async function lostPoster(movie: Movie | undefined): Promise<FieldProblem[]> {
  if (!movie?.poster) return []
  const { url } = movie.poster
  const says = (message: string) => [{ path: 'movie.poster.url', message }]
  if (await isRemoved(posterId(url))) return says('was withdrawn for good')
  const name = /[0-9a-f]{32}\.\w+$/.exec(url)?.[0]
  return name && !(await findUpload(name)) ? says('is no longer there: upload it again') : []
}

/**
 * The content with its text parsed. Throws a 422 that names each missing field, or `body` if the
 * Markdown is refused.
 */
export async function publishable(content: DraftContent): Promise<PublishedContent> {
  requireNone([...missing(content), ...(await lostPoster(content.movie))])
  const { title, movie, rating, summary = '', body = '', tags = [], spoiler = false } = content
  const tree = await parseBody(body)
  const language = await languageOf(wordsIn({ title, summary, tree }))
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
 * Changed fields of a `published` text, with the body parsed if it is among them, and the language of
 * all that there is to read then. Throws a 422 likewise.
 */
export async function publishableChanges(
  changes: DraftContent,
  published: Partial<PublishedContent> = {},
): Promise<Partial<PublishedContent>> {
  requireNone([...missingAlt(changes.movie), ...(await lostPoster(changes.movie))])
  const { title, summary, body } = changes
  if (title === undefined && summary === undefined && body === undefined) return changes
  const parsed = { ...changes, ...(body !== undefined && { tree: await parseBody(body) }) }
  const language = await languageOf(wordsIn({ ...published, ...parsed }))
  return { ...parsed, ...(language && { language }) }
}

const wordsIn = ({ title, summary, tree = [] }: Partial<PublishedContent>) =>
  [title, summary, plainText(tree)].filter(Boolean).join('\n')

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
