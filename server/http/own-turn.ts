/** Whose turn it is on a connection on which a client asks again before it is answered. */
import type { H3Event } from 'h3'

/**
 * Resolves with true once all earlier answers on the connection have been written (RFC 9112, 9.3.2),
 * or with false if it closes before that. Who writes to the socket itself, or counts open
 * connections, must wait for it: Node tells an answer that is not yet its turn nothing of a close.
 */
export function ownTurn({ node: { req, res } }: H3Event): Promise<boolean> {
  if (res.socket) return Promise.resolve(!res.socket.destroyed)
  const { promise, resolve } = Promise.withResolvers<boolean>()
  res.once('socket', () => resolve(true))
  req.socket.once('close', () => resolve(false))
  if (req.socket.destroyed) resolve(false)
  return promise
}
