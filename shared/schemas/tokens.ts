/** What makes an API token. */
import { z } from 'zod'
import { SCOPES } from '../types/scopes'

export const newToken = z.object({
  name: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .regex(/^\P{Cc}*$/u, 'must be one line'),
  scopes: z
    .array(z.enum(SCOPES))
    .min(1, 'must name at least one')
    .transform(scopes => [...new Set(scopes)]),
  expiresAt: z.iso
    .datetime({ offset: true })
    .refine(at => Date.parse(at) > Date.now(), 'must be in the future')
    .nullish(),
})
