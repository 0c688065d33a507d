/** What the API answers to somebody who writes. */
import { z } from 'zod'
import { time } from './time'

const status = z.enum(['draft', 'scheduled', 'published', 'archived'])
const version = z.int().describe('One number per review, raised by every change; for If-Match.')

export const draftMadeSchema = z.object({
  id: z.string(),
  slug: z.string().optional(),
  version,
  status: z.literal('draft'),
})

export const copyChangedSchema = z.object({ id: z.string(), version, status, updatedAt: time })

export const acceptedSchema = z
  .object({
    id: z.string(),
    slug: z.string().optional(),
    url: z.string().optional(),
    status,
    version,
    event: z.object({ id: z.string(), position: z.int() }).describe('The event that is on disk.'),
  })
  .meta({ id: 'Accepted', description: 'The event is on disk, and the listeners follow.' })

export const historySchema = z.object({
  items: z
    .array(
      z.object({
        type: z.string(),
        position: z.int(),
        at: time,
        actor: z.string(),
        diff: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
        note: z.string().optional(),
        reason: z.string().optional(),
        scheduledFor: time.optional(),
        erased: z.literal(true).optional().describe('Its text was erased since.'),
      }),
    )
    .describe('Oldest first.'),
})

export const uploadSchema = z.object({ url: z.string(), width: z.int(), height: z.int() })
