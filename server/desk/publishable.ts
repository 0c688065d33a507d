/** Whether a text can go out as it is, and what it then consists of. */
import type { DraftContent } from '../../shared/types/review'
import { type FieldProblem, Problem } from '../http/problem'
import { parseBody } from '../media/markdown/parse'
import type { PublishedContent } from '../review/events'

/** What is missing before Publish, field by field; empty when nothing is. */
export function missing(content: DraftContent): FieldProblem[] {
  const { title, movie, rating } = content
  return [
    !title?.trim() && { path: 'title', message: 'must not be empty' },
    !movie?.title && { path: 'movie.title', message: 'must not be empty' },
    rating === undefined && { path: 'rating', message: 'must be chosen' },
    movie?.poster &&
      !movie.poster.alt.trim() && {
        path: 'movie.poster.alt',
        message: 'must describe the poster',
      },
  ].filter(p => p !== false && p !== undefined) as FieldProblem[]
}

/** The content with its text parsed, once. Throws a 422 that names each missing field, or `body` where the Markdown is refused. */
export async function publishable(content: DraftContent): Promise<PublishedContent> {
  const errors = missing(content)
  if (errors.length)
    throw new Problem(
      422,
      'Not ready to publish',
      `${errors[0]!.path} ${errors[0]!.message}.`,
      errors,
    )
  const { title, movie, rating, summary = '', body = '', tags = [], spoiler = false } = content
  return {
    title: title!,
    movie: movie!,
    rating: rating!,
    summary,
    body,
    tags,
    spoiler,
    tree: await parseBody(body),
  }
}

/** Changed fields of a published text, parsed where the body is among them. */
export async function publishableChanges(
  changes: DraftContent,
): Promise<Partial<PublishedContent>> {
  const errors =
    changes.movie?.poster && !changes.movie.poster.alt.trim()
      ? [{ path: 'movie.poster.alt', message: 'must describe the poster' }]
      : []
  if (errors.length)
    throw new Problem(
      422,
      'Not ready to publish',
      `${errors[0]!.path} ${errors[0]!.message}.`,
      errors,
    )
  return { ...changes, ...(changes.body !== undefined && { tree: await parseBody(changes.body) }) }
}
