/** Redirects other spellings of a page's address to the one it has. */
import { defineEventHandler, sendRedirect } from 'h3'
import { oneAddress } from '../http/one-address'

export default defineEventHandler(event => {
  // As it was sent: in `event.path` escapes are decoded, and no header can carry what comes out.
  const one = event.method === 'GET' ? oneAddress(event.node.req.url ?? '/') : undefined
  if (one !== undefined) return sendRedirect(event, one, 308)
})
