/** Reads and parses the sample reviews in content/reviews when the app is built. */
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { parseReview } from '../../../shared/markdown/parse'
import { movieId } from '../../../shared/movie-id'
import type { PublishedContent } from '../../review/events'

/** `slug` is the name of the file. */
export interface Sample {
  slug: string
  publishedAt: string
  content: PublishedContent
}

const frontMatter = z.strictObject({
  title: z.string().min(1),
  movie: z.strictObject({
    title: z.string().min(1),
    year: z.number().int(),
    imdbId: z.string().regex(/^tt\d{7,10}$/),
    director: z.string(),
    minutes: z.number().int(),
    genres: z.array(z.string()).min(1),
    ratio: z.number().optional(),
  }),
  rating: z.number().min(0).max(5).multipleOf(0.5),
  summary: z.string().min(1).max(300),
  tags: z.array(z.string()),
  spoiler: z.boolean(),
  publishedAt: z.iso.datetime(),
})

/** Oldest first. Throws with the name of a file that is not valid. */
export function readSamples(folder: string): Sample[] {
  return globSync('*.md', { cwd: folder })
    .map(file => readSample(join(folder, file)))
    .sort((a, b) => a.publishedAt.localeCompare(b.publishedAt))
}

function readSample(file: string): Sample {
  try {
    const [, matter, body] = /^---\n(.*?)\n---\n(.*)$/s.exec(readFileSync(file, 'utf8')) ?? []
    const { publishedAt, movie, ...content } = frontMatter.parse(parse(matter ?? ''))
    return {
      slug: basename(file, '.md'),
      publishedAt,
      content: {
        ...content,
        movie: { id: movieId(movie.title, movie.year), ...movie },
        body: body!,
        tree: parseReview(body!),
      },
    }
  } catch (error) {
    throw new Error(
      `${file} is not a sample review: ${error instanceof Error ? error.message : error}`,
      { cause: error },
    )
  }
}
