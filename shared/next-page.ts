/** Where to go after signing in: the requested path if it is on this site, else the desk. */
export function nextPage(asked: unknown): string {
  if (typeof asked !== 'string' || !asked.startsWith('/')) return '/editor'
  const here = 'http://here.invalid'
  return URL.canParse(asked, here) && new URL(asked, here).origin === here ? asked : '/editor'
}
