/** A review as it was at a position of the log, for its critic and editors. */
import { z } from 'zod'
import type { ReviewAsOf } from '../../types/review-as-of'
import { archivedSchema, criticSchema, publicReviewSchema } from './review'
import { time } from './time'

const { id, slug, tree, language, publishedAt, fixedAt, corrections, ...rest } =
  publicReviewSchema.shape
const { title, movie, rating, summary, body, tags, spoiler } = rest

export const reviewAsOfSchema = z.object({
  id,
  asOf: z.int().describe('The position that was asked for.'),
  status: z.enum(['draft', 'scheduled', 'published', 'archived']),
  event: z
    .object({
      type: z.string(),
      position: z.int(),
      version: z.int(),
      at: time,
      actor: z.string(),
    })
    .describe('The newest event up to there.'),
  critic: criticSchema,
  corrections,
  ...z.object({ slug, title, movie, rating, summary, body, tags, spoiler, tree }).partial().shape,
  language,
  publishedAt: publishedAt.optional(),
  fixedAt,
  archived: z
    .object({
      reason: z.string(),
      by: archivedSchema.shape.by,
      at: time,
      forGood: z.literal(true).optional(),
    })
    .optional(),
  scheduledFor: time.optional(),
}) satisfies z.ZodType<ReviewAsOf>
