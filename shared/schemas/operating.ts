/** What operators send: replays, dead letters, lists of webhooks. */
import { z } from 'zod'

const wholeNumber = (most: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, 'must be a whole number')
    .transform(Number)
    .refine(n => n >= 1 && n <= most, `must be from 1 to ${most}`)

/** `from` is the first position that counts; 0 and 1 are both the first event. */
export const replayInput = z.strictObject({
  from: z.number().int().min(0),
  dryRun: z.boolean().default(false),
})

export const skipInput = z.strictObject({ reason: z.string().trim().min(1).max(300) })

/** Without a part: those of all. */
export const redriveAllInput = z.strictObject({ part: z.string().optional() })

/** Without a review: all that are parked. */
export const retryParkedInput = z.strictObject({
  reviewId: z.string().min(1).max(100).optional(),
})

/** GET /api/webhooks: `after` is the id of the last one seen. */
export const webhooksQuery = z.object({
  after: z.string().max(100).default(''),
  limit: wholeNumber(500).default(100),
})

/** GET /api/reviews/:id/deliveries: with a part, the rows of that part. */
export const deliveriesQuery = z.object({ part: z.string().optional() })

/** POST /api/readers/import: a dry run only counts. */
export const importQuery = z.object({ dryRun: z.enum(['', '0', '1', 'false', 'true']).optional() })

/** GET /api/security-log: `before` is the id of the oldest one seen. */
export const securityLogQuery = z.object({
  before: wholeNumber(Number.MAX_SAFE_INTEGER).default(Number.MAX_SAFE_INTEGER),
  limit: wholeNumber(200).default(100),
})
