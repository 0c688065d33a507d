/** The query parameters of the event feed: from which position, how many, and what is asked for. */
import { z } from 'zod'
import type { Subscription } from '../../shared/schemas/subscription'
import { readWeights, weightOfType } from '../http/answer/weights'
import { parametersOf, subscriptionQuery } from './subscription'

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
  ...subscriptionQuery,
})

/** The address of a page. */
export function pageOfEvents(
  subscription: Subscription,
  { after, limit }: { after: number; limit: number },
): string {
  const place = { after: String(after), limit: String(limit) }
  return `/api/events?${new URLSearchParams([...Object.entries(place), ...parametersOf(subscription)])}`
}

export const BATCH = 'application/cloudevents-batch+json'

/** Whether Accept gives a stream more weight than a batch, which is also plain JSON. */
export function wantsStream(accept: string | undefined): boolean {
  const weights = readWeights(accept)
  const batch = Math.max(weightOfType(weights, BATCH), weightOfType(weights, 'application/json'))
  return weightOfType(weights, 'text/event-stream') > batch
}
