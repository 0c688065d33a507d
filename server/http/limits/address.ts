/**
 * The client address that limits count by; a header is believed only if one of our proxies wrote
 * it.
 */
import { BlockList, isIP } from 'node:net'
import type { H3Event } from 'h3'
import { settings } from '../../config/settings'

let proxies: BlockList | undefined

declare module 'h3' {
  interface H3EventContext {
    /** The visitor's, in a call that one of our pages makes while it is rendered for them. */
    visitorAddress?: string
  }
}

/**
 * The client's address, with an IPv4 one inside IPv6 unwrapped. X-Forwarded-For is read from the
 * right, as far as proxies in NUXT_TRUSTED_PROXIES wrote it.
 */
export function clientAddress(event: H3Event): string {
  if (event.context.visitorAddress) return event.context.visitorAddress
  proxies ??= listOf(settings().trustedProxies)
  const header = event.node.req.headers['x-forwarded-for']
  return furthestTrusted(event.node.req.socket.remoteAddress ?? '', header, proxies)
}

/**
 * One household or office: an IPv4 address, or the /64 of an IPv6 one, because everybody gets 2^64
 * of those.
 */
export function limitKey(address: string): string {
  if (isIP(address) !== 6) return address
  return `${expand(address).slice(0, 4).join(':')}::/64`
}

/** What one customer of a provider may have: an IPv4 address, or the /48 of an IPv6 one. */
export function networkKey(address: string): string {
  if (isIP(address) !== 6) return address
  return `${expand(address).slice(0, 3).join(':')}::/48`
}

export function furthestTrusted(
  socketAddress: string,
  forwarded: string | string[] | undefined,
  trusted: BlockList,
): string {
  const hops = String(forwarded ?? '')
    .split(',')
    .map(hop => bare(hop.trim()))
    .filter(Boolean)
  let address = bare(socketAddress)
  while (hops.length && isTrusted(address, trusted)) {
    const next = hops.pop()!
    if (!isIP(next)) break
    address = next
  }
  return address
}

/** Addresses and CIDR blocks as one BlockList. */
export function listOf(entries: readonly string[]): BlockList {
  const list = new BlockList()
  for (const entry of entries) {
    const [address, bits] = entry.split('/') as [string, string?]
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return list
}

const isTrusted = (address: string, trusted: BlockList) =>
  isIP(address) > 0 && trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
const bare = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')

/** The eight groups of an IPv6 address, without leading zeros. */
function expand(address: string): string[] {
  const [head, tail] = address.split('::') as [string, string?]
  const left = head ? head.split(':') : []
  const right = tail ? tail.split(':') : []
  const middle =
    tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0')
  return [...left, ...middle, ...right].map(group => Number.parseInt(group, 16).toString(16))
}
