/**
 * Decides where a call may go, from the URL alone; the address behind a name is checked when
 * connecting.
 */
import { isIP } from 'node:net'
import { readTarget } from '../config/settings'
import { isPublicAddress } from './addresses'

/**
 * What a call is for, usually the part's name: `push`, `webhook`, the name of a network … `trusted`
 * makes one with the part's own configured URL.
 */
export type Purpose = string | { name: string; own: AllowedTarget }

/** `host` as the URL parser writes it (IPv6 in brackets); without `purpose` it applies to all. */
export interface AllowedTarget {
  host: string
  port: string
  purpose?: string
}

/**
 * The push services of all browsers; an endpoint comes from a stranger, so no other host is called
 * for push.
 */
const PUSH_SERVICES =
  /^(?:fcm\.googleapis\.com|updates\.push\.services\.mozilla\.com|[\w-]+\.push\.apple\.com|[\w-]+\.notify\.windows\.com)$/
/** Names that mean something only inside a network. */
const INNER_NAME = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|home\.arpa)$/

/**
 * A part's own configured URL: trusted for that part only. For an unreadable URL, only the part's
 * name, which adds no trust.
 */
export function trusted(part: string, url: string): Purpose {
  const parsed = URL.parse(url)
  return parsed
    ? { name: part, own: { host: parsed.hostname, port: portOf(parsed), purpose: part } }
    : part
}

/**
 * Reads `host:port` and `purpose:host:port`; throws on an entry that is neither, so that a typo
 * does not look like a refused target.
 */
export function parseAllowTargets(entries: string[]): AllowedTarget[] {
  return entries.map(entry => {
    const target = readTarget(entry)
    if (!target)
      throw new Error(`NUXT_ALLOW_TARGETS: "${entry}" is not host:port or purpose:host:port`)
    return target
  })
}

/** True for targets that may be private, plain http, and on any port. */
export function isAllowed(purpose: Purpose, url: URL, allow: AllowedTarget[]): boolean {
  const name = nameOf(purpose)
  const port = portOf(url)
  const list = typeof purpose === 'string' ? allow : [...allow, purpose.own]
  return list.some(t => t.host === url.hostname && t.port === port && (t.purpose ?? name) === name)
}

/**
 * Why this URL may not be called for this purpose, as the end of a sentence about it; undefined
 * when it may.
 */
export function refusal(purpose: Purpose, url: string, allow: AllowedTarget[]): string | undefined {
  const parsed = url.length <= 2048 && !hasStrayCharacter(url) ? URL.parse(url) : null
  if (!parsed) return 'is not a URL of at most 2,048 plain characters'
  if (parsed.username || parsed.password) return 'carries a user name or password'
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') return 'is not https'
  if (isAllowed(purpose, parsed, allow)) return undefined
  if (parsed.protocol !== 'https:') return 'is not https'
  if (parsed.port) return 'names a port other than 443'
  // One dot at the end only says that the name is complete (RFC 1034, 3.1).
  const host = parsed.hostname.replaceAll(/^\[|\]$|\.$/g, '')
  if (
    isIP(host)
      ? !isPublicAddress(host)
      : !host.includes('.') || host.endsWith('.') || INNER_NAME.test(host)
  )
    return 'leads to a private address'
  if (nameOf(purpose) === 'push' && !PUSH_SERVICES.test(parsed.hostname))
    return 'is not at a push service that we know'
}

const nameOf = (purpose: Purpose) => (typeof purpose === 'string' ? purpose : purpose.name)

const portOf = (url: URL) => url.port || (url.protocol === 'http:' ? '80' : '443')

/** Parsers disagree about spaces, control characters and backslashes; none belongs in a URL. */
const hasStrayCharacter = (url: string) =>
  [...url].some(c => c <= ' ' || c === '\\' || c === '\x7F')
