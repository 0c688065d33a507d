/** The public pages by the first part of their address: the one list for whatever must know them. */

interface PublicPage {
  /** The parameters that the page itself reads; absent if there is none, or if no cache may keep it. */
  reads?: string[]
  /** The same for the pages below it. `keepsCase`: what follows may be an id, in which case counts. */
  below?: { reads?: string[]; keepsCase?: boolean }
  /** Search engines should know it. */
  isListed?: boolean
}

export const PUBLIC_PAGES: Record<string, PublicPage> = {
  '': { reads: [], isListed: true },
  reviews: { reads: ['after'], below: { reads: [] }, isListed: true },
  movies: { reads: [], below: { reads: [] }, isListed: true },
  critics: { reads: [], below: { reads: ['after'], keepsCase: true }, isListed: true },
  genres: { below: { reads: ['after'] } },
  search: { reads: ['q'] },
  subscribe: { below: {}, isListed: true },
  feeds: { reads: ['genre', 'critic', 'minRating'], isListed: true },
  about: { reads: [], isListed: true },
  'how-we-rate': { reads: [], isListed: true },
  privacy: { reads: [], isListed: true },
  developers: { reads: [], isListed: true },
}

/** The parameters of a path that caches may keep; undefined for any other path. */
export function parametersOf(path: string): string[] | undefined {
  const [, name = '', below, more] = path.split('/')
  const page = Object.hasOwn(PUBLIC_PAGES, name) ? PUBLIC_PAGES[name]! : undefined
  if (below === undefined) return page?.reads
  return below && more === undefined ? page?.below?.reads : undefined
}

export const listedPages = (): string[] =>
  Object.entries(PUBLIC_PAGES)
    .filter(([, page]) => page.isListed)
    .map(([name]) => `/${name}`)
