/** Writes results as server-sent events, as GraphQL over SSE has them (distinct connections mode). */
import type { ExecutionResult } from 'graphql'
import type { H3Event } from 'h3'
import { openStream } from '../notices/open-stream'
import type { Exchange } from './exchange'

const BEAT_MS = 15_000

/**
 * Each result is a `next` event whose id is its position; `complete` follows the last one, but not
 * when the server stops: its client connects again.
 */
export async function streamResults(event: H3Event, exchange: Exchange): Promise<void> {
  const stream = await openStream(event)
  if (!stream) return
  const { gone, write, end } = stream
  if (event.node.req.method === 'HEAD') return end()
  exchange.gone = gone
  const results = exchange.results![Symbol.asyncIterator]()
  const leave = () => void results.return?.()
  gone.addEventListener('abort', leave, { once: true })
  const beat = setInterval(() => void write(':\n\n'), BEAT_MS)
  try {
    for (;;) {
      const { value, done } = await results.next()
      if (gone.aborted) return
      if (done) break
      await write(frameOf(value, exchange.position))
    }
    await write('event: complete\ndata:\n\n')
    end()
  } catch {
    event.node.res.destroy()
  } finally {
    clearInterval(beat)
  }
}

const frameOf = (result: ExecutionResult, position: number | undefined) =>
  `${position === undefined ? '' : `id: ${position}\n`}event: next\ndata: ${JSON.stringify(result)}\n\n`
