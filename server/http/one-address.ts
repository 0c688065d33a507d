/** The one address of a page: one slash in front and none at the end, in small letters, its escapes whole. */
import { PUBLIC_PAGES } from './public-pages'

/** Browsers read "\" as "/", and two slashes in front lead to another host. */
const IN_FRONT = /^(?:[/\\]|%2f|%5c)+/i
const NAMES = Object.keys(PUBLIC_PAGES).filter(Boolean)
const keepsCase = (name: string) => Boolean(PUBLIC_PAGES[name]!.below?.keepsCase)
/** Everything below these is in small letters. */
const SMALL = new RegExp(`^/(?:${NAMES.filter(name => !keepsCase(name)).join('|')})(?:/|$)`, 'i')
/** Only the name itself is: below it there may be ids. */
const SMALL_NAME = new RegExp(
  `^/(?:${NAMES.filter(keepsCase).join('|')}|${String.raw`sign-in|setup|editor|feed\.xml|feed\.json|atom\.xml|websub|sitemap\.xml|robots\.txt`})(?=/|$)`,
  'i',
)
/** These have rules of their own, or none. */
const NO_PAGE = /^\/(?:api|_nuxt|__nuxt|uploads|pictures)(?:\/|_|$)/

/**
 * A path on this site that is safe in a Location header; undefined when the address is that
 * already. `sent` is as Node received it, one character for each byte.
 */
export function oneAddress(sent: string): string | undefined {
  const [path = '', query = ''] = sent.split(/(\?.*)/s)
  const one = spelled(path.replace(IN_FRONT, '/'))
  if (!one.startsWith('/')) return undefined // a whole URL, as proxies are sent
  const asked = NO_PAGE.test(one) ? query : query.replace(ESCAPES, whole)
  return one === path && asked === query ? undefined : encoded(one + asked)
}

/** Escapes in a row, which only together are a letter, and what only begins like one. */
const ESCAPES = /(?:%[0-9a-f]{2})+|%/gi

/** The page router complains about each that it cannot read: a "%" as such, or another character set. */
function whole(escapes: string): string {
  if (escapes === '%') return '%25'
  try {
    decodeURIComponent(escapes)
    return escapes
  } catch {
    return encodeURIComponent(Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('latin1'))
  }
}

function spelled(path: string): string {
  if (NO_PAGE.test(path)) return path
  const plain = path.replace(/(?<=[^/])\/+$/, '')
  return SMALL.test(plain) ? lower(plain) : plain.replace(SMALL_NAME, lower)
}

/** ASCII only, and not the digits of an escape: other scripts have their own fold. */
const lower = (path: string) =>
  path.replace(/%[0-9a-f]{2}|[A-Z]+/gi, part => (part.startsWith('%') ? part : part.toLowerCase()))

/** Percent-encoded; once ".." is resolved, several slashes may be in front again. */
function encoded(address: string): string {
  const path = Buffer.from(address, 'latin1').toString()
  const { pathname, search } = new URL(`http://here.invalid${path}`)
  return pathname.replace(/^\/+/, '/') + search
}
