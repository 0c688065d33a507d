/**
 * Makes the content of a working copy from input, compares it with what is public, and lays it over
 * that.
 */
import type { z } from 'zod'
import { canonical } from '../../../shared/canonical'
import { movieId } from '../../../shared/movie-id'
import type {
  movie as movieShape,
  publishedFields,
  someFields,
} from '../../../shared/schemas/review'
import type { DraftContent, Movie } from '../../../shared/types/review'
import { refuse } from '../../http/problem'
import type { ReviewState } from '../../review/review'

export type SomeFields = z.output<typeof someFields> | z.output<typeof publishedFields>
/** Changes to a working copy; null clears a field. */
export type Changes = { [F in keyof DraftContent]: DraftContent[F] | null }

/**
 * Makes changes from input and gives the film its id. Throws a 422 on `movie.poster.url` if the
 * poster was not uploaded here.
 */
export function contentOf({ movie, ...fields }: SomeFields, siteUrl: string): Changes {
  return { ...fields, ...(movie !== undefined && { movie: movie && movieOf(movie, siteUrl) }) }
}

function movieOf({ poster, ...movie }: z.output<typeof movieShape>, siteUrl: string): Movie {
  return {
    id: movieId(movie.title, movie.year),
    ...movie,
    ...(poster && { poster: { ...poster, url: ourUpload(poster.url, siteUrl) } }),
  }
}

/**
 * The path of an upload, given as a path or as a URL on this site; anything else is somebody else's
 * picture.
 */
function ourUpload(url: string, siteUrl: string): string {
  const path = url.startsWith(`${siteUrl}/`) ? url.slice(siteUrl.length) : url
  if (!/^\/uploads\/[\w-]+\.(?:webp|jpe?g|png|avif)$/.test(path))
    refuse('movie.poster.url', 'must be a picture that was uploaded here')
  return path
}

/**
 * Ignores the order of keys, which the log does not preserve, and the address of a film, which is
 * worked out when it is published.
 */
const isSame = (name: string, a: unknown, b: unknown) =>
  name === 'movie' && a && b
    ? canonical({ ...a, id: undefined }) === canonical({ ...b, id: undefined })
    : canonical(a) === canonical(b)

/** The published fields, without what follows from the text. */
export function publishedContent(state: ReviewState): DraftContent {
  if (!state.content) return {}
  const { tree: _, language: __, ...fields } = state.content
  return fields
}

/** The fields of a working copy that differ from what is published. */
export function pending(fields: Changes, published: DraftContent = {}): Changes {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([name, value]) => !isSame(name, value ?? undefined, published[name as keyof DraftContent]),
    ),
  )
}

/** The text as the critic sees it: what is published, with the working copy over it. */
export function overlay(published: DraftContent = {}, fields: Changes): DraftContent {
  const { title, movie, rating, summary, body, tags, spoiler } = { ...published, ...fields }
  return JSON.parse(
    JSON.stringify({
      title,
      movie: movie ?? undefined,
      rating: rating ?? undefined,
      summary,
      body,
      tags,
      spoiler,
    }),
  )
}
