/** Turns what a client sent as an address into a path on this site that is safe in a Location header. */

/**
 * Percent-encoded, and with a single slash in front: browsers read "\" as "/", and two slashes lead
 * to another host. `sent` is as Node received it, one character for each byte.
 */
export function ownPath(sent: string): string {
  const path = Buffer.from(sent, 'latin1')
    .toString()
    .replace(/^(?:[/\\]|%2f|%5c)+/i, '/')
  const { pathname, search } = new URL(`http://here.invalid${path}`)
  return pathname.replace(/^\/+/, '/') + search
}
