/**
 * Redirects an address that starts with several slashes to the one with a single slash; otherwise
 * the page router logs a complaint about each.
 */
import { defineEventHandler, sendRedirect } from 'h3'
import { ownPath } from '../http/own-path'

export default defineEventHandler(event => {
  if (/^\/[/\\]/.test(event.path))
    return sendRedirect(event, ownPath(event.node.req.originalUrl ?? event.path), 308)
})
