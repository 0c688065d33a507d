/** Reads a request's body into memory, never more of it than allowed. */
import type { IncomingMessage } from 'node:http'
import { type H3Event, readRawBody } from 'h3'
import { Problem } from './problem'

/** A sender that is over the limit is heard out this far, so that it reads our answer instead of a reset connection. */
const HEARD_OUT = 8

/** The whole body. Counted while it streams, whatever Content-Length says; 413 beyond `maxBytes`. */
export async function readBytes(event: H3Event, maxBytes: number): Promise<Buffer> {
  const request = event.node.req as IncomingMessage & { body?: unknown }
  // Calls from our own pages while they render bring their body ready-made.
  const body =
    request.body !== undefined
      ? ((await readRawBody(event, false)) ?? Buffer.alloc(0))
      : await collect(request, maxBytes)
  if (body && body.length <= maxBytes) return body
  throw new Problem(
    413,
    'The body is too large',
    `The body may have at most ${maxBytes} bytes.`,
    undefined,
    request.complete ? {} : { headers: { connection: 'close' } },
  )
}

/** The bytes, or undefined when there are too many. */
function collect(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes <= maxBytes) chunks.push(chunk)
      else if (bytes > maxBytes * HEARD_OUT) {
        request.pause()
        resolve(undefined)
      } else chunks.length = 0
    })
    request.on('end', () => resolve(bytes > maxBytes ? undefined : Buffer.concat(chunks)))
    const brokenOff = () =>
      reject(new Problem(400, 'The body is incomplete', 'The request ended before its body did.'))
    request.on('close', brokenOff).on('error', brokenOff)
    if (request.destroyed) brokenOff()
  })
}
