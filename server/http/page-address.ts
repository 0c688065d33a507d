/** The address of a public page, reduced to what the page depends on. */
import { parametersOf } from './public-pages'

/** Nuxt's own name for the data of a page, which is not a page. */
const DATA = /\/_payload\./

/**
 * Path and known parameters, in one order; undefined when there is no public page. Links that are
 * shared carry parameters of trackers (`utm_source`, `fbclid`), each of which would otherwise be
 * another page. A parameter that is empty or given twice counts as missing.
 */
export function pageAddress(address: string): string | undefined {
  const [path, query] = address.split(/\?(.*)/s) as [string, string?]
  const known = DATA.test(path) ? undefined : parametersOf(path)
  if (!known) return undefined
  const sent = new URLSearchParams(query)
  const read = known
    .filter(name => sent.getAll(name).length === 1 && sent.get(name))
    .map(name => [name, sent.get(name)!])
  return read.length ? `${path}?${new URLSearchParams(read)}` : path
}
