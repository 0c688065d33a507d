/** The query parameters of the public API that nothing but one route reads. */
import { z } from 'zod'

/** GET /api/reviews/:id: `fields` is a comma list of top-level names. */
export const reviewQuery = z.object({
  asOf: z
    .string()
    .optional()
    .describe('For its critic and editors: the review as it was at this position of the log.'),
  fields: z.string().max(1000).optional(),
})

/** GET /api/search. */
export const searchQuery = z.object({ q: z.string().trim().max(200).default('') })

/** GET /api/movies/lookup. */
export const lookupQuery = z.object({ q: z.string().max(200).default('') })
