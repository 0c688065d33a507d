/** An address that begins with several slashes is sent to the one with a single slash; the router of the pages would complain about each on the server's output. */
import { defineEventHandler, sendRedirect } from 'h3'

export default defineEventHandler(event => {
  // Browsers read "\" as "/", and an address of two slashes leads to another host: none may be left in front.
  if (/^\/[/\\]/.test(event.path))
    return sendRedirect(event, event.path.replace(/^[/\\]+/, '/'), 308)
})
