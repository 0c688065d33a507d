/** Which kept emails a request is about: those with these ids, or all of them. */
import { z } from 'zod'

export const keptEmails = z.strictObject({
  ids: z.array(z.number().int().positive()).min(1).max(500).optional(),
})
