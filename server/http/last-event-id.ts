/** Where a client of a stream says it is. */
import { getQuery, getRequestHeader, type H3Event } from 'h3'

/**
 * The Last-Event-ID, or else `?lastEventId=`. An empty one is absent; of several (the values of a
 * repeated header arrive joined by commas) the last counts.
 */
export const lastEventIdOf = (event: H3Event): string | undefined =>
  lastOf(getRequestHeader(event, 'last-event-id')?.split(',')) ??
  lastOf([getQuery(event).lastEventId].flat())

const lastOf = (values: unknown[] = []): string | undefined =>
  values
    .map(value => String(value ?? '').trim())
    .filter(Boolean)
    .at(-1)
