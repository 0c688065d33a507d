/** Where to go after signing in: the requested path if it is on this site, else the desk. */

/** Percent-encoded, as a Location header must be, and never with two slashes in front. */
export function nextPage(asked: unknown): string {
  const here = 'http://here.invalid'
  if (typeof asked !== 'string' || !asked.startsWith('/')) return '/editor'
  const next = URL.parse(asked, here)
  if (next?.origin !== here || next.pathname.startsWith('//')) return '/editor'
  return next.pathname + next.search + next.hash
}
