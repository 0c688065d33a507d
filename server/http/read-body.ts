/** Reads a request's body into memory, up to a limit. */
import type { IncomingMessage } from 'node:http'
import { type H3Event, readRawBody } from 'h3'
import { Problem } from './problem'

/**
 * A body over the limit is still read, up to this many times the limit, so that the sender sees our
 * answer instead of a reset connection.
 */
const MOST_LIMITS_READ = 8

/**
 * The whole body. Counted while it streams, whatever Content-Length says; 413 beyond `maxBytes`.
 */
export async function readBytes(event: H3Event, maxBytes: number): Promise<Buffer> {
  const request = event.node.req as IncomingMessage & { body?: unknown }
  // Calls from our own pages during rendering bring their body ready-made.
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
      else if (bytes > maxBytes * MOST_LIMITS_READ) {
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
