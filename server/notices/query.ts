/** The query parameters of the event feed: from which position, which types, in which shape. */
import { z } from 'zod'
import { NOTICE_TYPE, PUBLIC_EVENTS, type PublicEventType } from '../../shared/types/notice'
import { readWeights, weightOfType } from '../http/answer/weights'

const typeOf = new Map(
  Object.entries(NOTICE_TYPE).map(([event, notice]) => [
    notice as string,
    event as PublicEventType,
  ]),
)

const position = z
  .string()
  .regex(/^\d{1,15}$/, 'must be a position, a whole number from 0')
  .transform(Number)

export const eventQuery = z.object({
  after: position.default(0),
  limit: z
    .string()
    .regex(/^\d{1,4}$/, 'must be a whole number')
    .transform(Number)
    .refine(n => n >= 1 && n <= 500, 'must be from 1 to 500')
    .default(100),
  types: z
    .string()
    .transform(list => list.split(',').filter(Boolean))
    .refine(
      list => list.length > 0 && list.every(type => typeOf.has(type)),
      `must be some of ${Object.values(NOTICE_TYPE).join(', ')}`,
    )
    .transform(list => list.map(type => typeOf.get(type)!))
    .default(PUBLIC_EVENTS),
  shape: z.enum(['thin', 'fat'], 'must be thin or fat').default('thin'),
})

export type EventQuery = z.output<typeof eventQuery>

/** The address of the next page. */
export function nextOf({ limit, types, shape }: EventQuery, after: number): string {
  const next = new URLSearchParams({ after: String(after), limit: String(limit), shape })
  if (types.length < PUBLIC_EVENTS.length)
    next.set('types', types.map(type => NOTICE_TYPE[type]).join(','))
  return `/api/events?${next}`
}

export const BATCH = 'application/cloudevents-batch+json'

/** Whether Accept gives a stream more weight than a batch, which is also plain JSON. */
export function wantsStream(accept: string | undefined): boolean {
  const weights = readWeights(accept)
  const batch = Math.max(weightOfType(weights, BATCH), weightOfType(weights, 'application/json'))
  return weightOfType(weights, 'text/event-stream') > batch
}
