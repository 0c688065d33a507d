/** What the public API answers to a read, apart from the review itself. */
import { z } from 'zod'
import { cardSchema, criticSchema, movieSchema } from './review'
import { time } from './time'

const reviews = z.int().describe('How many reviews.')

export const reviewListSchema = z.object({
  items: z.array(cardSchema).describe('Newest first.'),
  next: z.string().nullable().describe('The cursor for older reviews; null at the end.'),
  position: z.int().describe('The position of the log when this was read; /live continues there.'),
  total: z.int().optional().describe('All public reviews; only where nothing narrows the list.'),
})

export const scoreSchema = z.object({
  source: z.string(),
  value: z.string().describe('In the source’s own scale: "99%", "8.1".'),
  scale: z.string(),
  observedAt: time,
  stale: z.boolean().describe('Whether the source has not answered since.'),
})

export const movieAnswerSchema = movieSchema.extend({
  reviews: z.array(cardSchema).describe('Newest first, at most 100.'),
  scores: z.array(scoreSchema),
})

export const movieEntrySchema = z.object({
  id: z.string(),
  title: z.string(),
  year: z.int().nullable(),
  genres: z.array(z.string()),
  reviews,
  rating: z.number().describe('That of the newest review.'),
})

export const genreEntrySchema = z.object({ genre: z.string(), reviews })

export const criticEntrySchema = criticSchema.extend({
  slug: z.string(),
  reviews,
  newest: time,
})

export const criticPageSchema = criticEntrySchema.extend({
  bio: z.string().optional().describe('What they say about themselves, in one sentence.'),
})

/** A stretch of text in pieces, some of which match a search. */
export const excerptSchema = z.array(
  z.object({ text: z.string(), matches: z.literal(true).optional() }),
)

export const searchAnswerSchema = z.object({
  items: z.array(cardSchema.extend({ excerpt: excerptSchema.optional() })).describe('Best first.'),
  meant: z
    .object({ word: z.string(), reviews })
    .optional()
    .describe('Where nothing matches: a similar word that some reviews contain.'),
})
