/** Executes one request, and says what is to be sent: content, or a stream. */
import { getRequestHeader, type H3Event } from 'h3'
import type { Content } from '../http/answer/representation'
import { lastEventIdOf } from '../http/last-event-id'
import { Semaphore } from '../kit/semaphore'
import { newestChange } from '../queries/newest-change'
import { useViews } from '../queries/views'
import type { Engine } from './engine'
import type { Exchange } from './exchange'
import { mediaFor } from './media'

/** The engine reads no more of an address than its path. */
export const ENGINE_ADDRESS = 'http://localhost/graphql'
/** Each answer that is being made may hold megabytes. */
const places = new Semaphore(16)

/** `isWhole`: no field of it failed. */
export type Executed =
  | { content: Content; isWhole: boolean; stream?: undefined }
  | { stream: Exchange; content?: undefined }

/** `params` are as sent; what is wrong with them is in the content, with a status of 4xx. */
export async function execute(event: H3Event, engine: Engine, params: unknown): Promise<Executed> {
  const exchange: Exchange = {
    media: mediaFor(getRequestHeader(event, 'accept')),
    lastEventId: lastEventIdOf(event),
  }
  const modified = await newestChange(useViews())
  const leave = await places.enter()
  try {
    const response = await engine.fetch(ENGINE_ADDRESS, { method: 'POST' }, { exchange, params })
    const { media, results, hasErrors } = exchange
    if (results) return { stream: exchange }
    const body = await response.text()
    const headers = { vary: 'accept', 'cache-control': 'no-store' }
    return {
      content: { status: response.status, body, type: media, headers, modified },
      isWhole: response.status === 200 && !hasErrors,
    }
  } finally {
    leave()
  }
}
