/** A review as outsiders get it: these schemas are the types, the JSON Schemas and the tables of /developers. */
import { z } from 'zod'
import { linksSchema } from './links'
import { time } from './time'
import { blockSchema } from './tree'

const rating = z.number().min(0).max(5).multipleOf(0.5).describe('0 to 5 in halves.')

export const posterSchema = z
  .object({ url: z.string(), alt: z.string().describe('What it shows; may be empty.') })
  .meta({ id: 'Poster' })

export const movieSchema = z
  .object({
    id: z.string().describe('Its address: title and year, with a number where another has both.'),
    title: z.string(),
    year: z.int().optional(),
    imdbId: z.string().optional(),
    genres: z.array(z.string()),
    director: z.string().optional(),
    minutes: z.int().optional().describe('Its length.'),
    ratio: z.number().optional().describe('Width over height of its frame.'),
    poster: posterSchema.optional(),
  })
  .meta({ id: 'Movie', description: 'The film that a review is about.' })

export const criticSchema = z
  .object({
    id: z.string().describe('Stays the same for ever.'),
    name: z.string(),
    slug: z.string().optional().describe('The address of their page.'),
  })
  .meta({ id: 'Critic' })

export const correctionSchema = z
  .object({
    at: time,
    note: z.string().describe('What was wrong, and what is right.'),
    rating: z
      .object({ was: rating, is: rating })
      .optional()
      .describe('Only where the correction changed it.'),
  })
  .meta({ id: 'Correction' })

/** What a critic writes. */
export const reviewContentSchema = z.object({
  title: z.string(),
  movie: movieSchema,
  rating,
  summary: z.string().describe('Plain text, at most 300 characters.'),
  body: z.string().describe('Markdown.'),
  tags: z.array(z.string()),
  spoiler: z.boolean().describe('Whether it gives something away.'),
})

export const publicReviewSchema = z
  .object({
    id: z.string().describe('Stays the same for ever.'),
    slug: z.string(),
    url: z.string().describe('Its page.'),
    ...reviewContentSchema.shape,
    critic: criticSchema,
    tree: z
      .array(blockSchema)
      .describe('The body, parsed once when it was saved; pages render it and never parse.'),
    language: z
      .string()
      .optional()
      .describe('BCP 47; absent where it is English, or the text too short to tell.'),
    publishedAt: time,
    fixedAt: time.optional().describe('When a typo was last fixed.'),
    correctedAt: time.optional().describe('When its meaning was last corrected.'),
    corrections: z.array(correctionSchema).describe('Oldest first.'),
    sample: z.boolean().optional().describe('One of the sample reviews of a new site.'),
  })
  .meta({ id: 'Review', description: 'A published review, as it may be shown now.' })

/** A picked review or card: the named fields, those inside the film and the critic too, and always the id. */
const parts = { movie: movieSchema.partial(), critic: criticSchema.partial() }

export const pickedReviewSchema = publicReviewSchema.extend(parts).partial().required({ id: true })

export const cardSchema = z
  .object({
    id: z.string(),
    slug: z.string(),
    url: z.string(),
    title: z.string(),
    movie: movieSchema.pick({ id: true, title: true, year: true, poster: true, ratio: true }),
    rating,
    summary: z.string(),
    critic: criticSchema,
    genres: z.array(z.string()),
    spoiler: z.boolean().optional().describe('Absent when it gives nothing away.'),
    publishedAt: time,
    correctedAt: time.optional(),
    _links: linksSchema.optional(),
  })
  .meta({ id: 'Card', description: 'What a list shows of a review: at most 2 kB as JSON.' })

export const pickedCardSchema = cardSchema
  .extend({ ...parts, movie: cardSchema.shape.movie.partial() })
  .partial()
  .required({ id: true })

export const archivedSchema = z
  .object({
    id: z.string(),
    slug: z.string(),
    url: z.string(),
    withdrawn: z.literal(true),
    headline: z.string().describe('Its title, a word that a problem document needs for itself.'),
    movie: movieSchema.pick({ id: true, title: true, year: true }),
    critic: criticSchema,
    reason: z.string(),
    by: z.enum(['critic', 'editor']).optional().describe('Absent where the log does not say.'),
    publishedAt: time,
    archivedAt: time,
    erased: z
      .literal(true)
      .optional()
      .describe('Its text is gone for good; headline, movie and reason only stand in for it.'),
  })
  .meta({ id: 'ArchivedReview', description: 'All that is left in public of an archived review.' })
