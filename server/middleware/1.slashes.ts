/**
 * Redirects an address that starts with several slashes to the one with a single slash; otherwise
 * the page router logs a complaint about each.
 */
import { defineEventHandler, sendRedirect } from 'h3'

export default defineEventHandler(event => {
  // Browsers read "\" as "/", and an address with two slashes leads to another host, so none may be
  // left in front.
  if (/^\/[/\\]/.test(event.path))
    return sendRedirect(event, event.path.replace(/^[/\\]+/, '/'), 308)
})
