/**
 * Redirects other spellings of an address to the one it has; of several slashes in front, the page
 * router would also log a complaint.
 */
import { defineEventHandler, sendRedirect } from 'h3'
import { oneAddress } from '../http/one-address'

export default defineEventHandler(event => {
  // As it was sent: in `event.path` escapes are decoded, and no header can carry what comes out.
  const { originalUrl, url } = event.node.req
  const one = event.method === 'GET' ? oneAddress(originalUrl ?? url ?? '/') : undefined
  if (one !== undefined) return sendRedirect(event, one, 308)
})
