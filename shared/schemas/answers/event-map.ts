/** The event map as the API answers it, without what only the desk sees. */
import { z } from 'zod'
import type { EventMap } from '../../types/event-map'

const reach = z.enum(['notified', 'updated quietly', 'nothing'])

export const eventMapSchema = z.object({
  columns: z.array(z.string()),
  notSetUp: z.array(z.string()),
  rows: z.array(z.object({ type: z.string(), reach: z.array(reach), says: z.array(z.string()) })),
  events: z
    .array(z.object({ type: z.string(), command: z.string(), notice: z.string().optional() }))
    .describe('In the order of a review’s life; `notice` is the name for outsiders.'),
  listeners: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      kind: z.enum(['read model', 'channel', 'stream']),
      outside: z.array(z.string()),
      effects: z.record(z.string(), z.object({ reach, says: z.string() })),
    }),
  ),
}) satisfies z.ZodType<EventMap>
