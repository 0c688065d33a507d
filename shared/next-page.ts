/** Where to go after signing in: a path of this site, or the desk for anything else. */
export function nextPage(asked: unknown): string {
  if (typeof asked !== 'string' || !asked.startsWith('/')) return '/editor'
  const here = 'http://here.invalid'
  return URL.canParse(asked, here) && new URL(asked, here).origin === here ? asked : '/editor'
}
