/** The query parameters of the event feed: from which position, how many, and what is asked for. */
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import type { Subscription } from '../../shared/schemas/subscription'
import { readWeights, weightOfType } from '../http/answer/weights'
import { useViews } from '../queries/views'
import { parametersOf, subscriptionOf, subscriptionQuery } from './subscription'

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

/** At most `limit` events after a position. */
export interface EventPage {
  subscription: Subscription
  after: number
  limit: number
}

/** Reading a query takes longer than answering it from the cache, and pollers send the same ones. */
const pages = new LRUCache<string, EventPage>({ max: 1000, maxEntrySize: 2000, maxSize: 1 << 20 })

/** The page that an address asks for; `query` reads it. Throws a 422 or 404 with the parameter. */
export async function eventPageAt(
  address: string,
  query: () => Promise<z.output<typeof eventQuery>>,
): Promise<EventPage> {
  const known = pages.get(address)
  if (known) return known
  const { after, limit, ...asked } = await query()
  const page = { after, limit, subscription: await subscriptionOf(useViews(), asked) }
  pages.set(address, page, { size: address.length })
  return page
}

/** The address of a page. */
export function pageOfEvents({ subscription, after, limit }: EventPage): string {
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
