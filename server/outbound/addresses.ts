/** Decides which IP addresses are public: whatever is not plainly public counts as private. */
import { BlockList, isIPv4, isIPv6 } from 'node:net'

/**
 * Carved out of IPv4 by the IANA special-purpose registry (RFC 6890): own machine, own network,
 * carrier NAT, documentation, benchmarks, multicast, reserved.
 */
const NOT_PUBLIC_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]
/**
 * Only global unicast is public in IPv6, which leaves out loopback, mapped IPv4 (::ffff:0:0/96),
 * NAT64 (64:ff9b::/96), unique local, link-local and multicast.
 */
const PUBLIC_V6 = ['2000::/3']
/**
 * Inside global unicast: Teredo and other protocol blocks, documentation, 6to4 (which carries any
 * IPv4 address).
 */
const NOT_PUBLIC_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

const privateV4 = subnets('ipv4', NOT_PUBLIC_V4)
const publicV6 = subnets('ipv6', PUBLIC_V6)
const privateV6 = subnets('ipv6', NOT_PUBLIC_V6)

/**
 * `address` without brackets; a zone (`fe80::1%eth0`) or anything that is not an address is not
 * public.
 */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !privateV4.check(address, 'ipv4')
  return (
    isIPv6(address) &&
    !address.includes('%') &&
    publicV6.check(address, 'ipv6') &&
    !privateV6.check(address, 'ipv6')
  )
}

function subnets(family: 'ipv4' | 'ipv6', ranges: string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [net, bits] = range.split('/')
    list.addSubnet(net!, Number(bits), family)
  }
  return list
}
