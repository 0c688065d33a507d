/** The one address of a page: without a slash at its end, and in small letters. */

/** Everything below these is in small letters. */
const SMALL = /^\/(?:reviews|movies|genres|search|subscribe|feeds)(?:\/|$)/i
/** Only the name itself is: below it there may be ids. */
const SMALL_NAME =
  /^\/(?:critics|about|how-we-rate|privacy|developers|sign-in|setup|editor|feed\.xml|feed\.json|atom\.xml|sitemap\.xml|robots\.txt)(?=\/|$)/i
/** These have rules of their own, or none. */
const NO_PAGE = /^\/(?:api|_nuxt|__nuxt|uploads|pictures)(?:\/|_|$)|^\/[/\\]/

/** Undefined when the address is that already, or is none of a page. */
export function oneAddress(address: string): string | undefined {
  const [path, query] = address.split(/(?=\?)/) as [string, string?]
  if (NO_PAGE.test(path)) return undefined
  const plain = path.replace(/(?<=[^/])\/+$/, '')
  const one = SMALL.test(plain) ? lower(plain) : plain.replace(SMALL_NAME, lower)
  return one === path ? undefined : one + (query ?? '')
}

/** ASCII only, and not the digits of an escape: other scripts have their own fold. */
const lower = (path: string) =>
  path.replace(/%[0-9a-f]{2}|[A-Z]+/gi, part => (part.startsWith('%') ? part : part.toLowerCase()))
