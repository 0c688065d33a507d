/** Which addresses count as one client, and which headers are believed about them. */
import { describe, expect, it } from 'vitest'
import { furthestTrusted, limitKey, listOf, networkKey } from '../../../server/http/limits/address'

describe('the address of a client', () => {
  const proxies = listOf(['10.0.0.0/8', '192.0.2.7', 'fd00::/8'])

  it.each<[string, string, string | undefined, string]>([
    ['without a header', '203.0.113.5', undefined, '203.0.113.5'],
    ['claimed by a stranger', '203.0.113.5', '198.51.100.1', '203.0.113.5'],
    ['reported by our proxy', '10.1.2.3', '198.51.100.1', '198.51.100.1'],
    ['claimed by a client behind our proxy', '10.1.2.3', '1.1.1.1, 198.51.100.1', '198.51.100.1'],
    ['reported by two of our proxies', '10.1.2.3', '198.51.100.1, 192.0.2.7', '198.51.100.1'],
    ['in IPv6', 'fd00::1', '2001:db8::9', '2001:db8::9'],
    ['IPv4 inside IPv6', '::ffff:10.1.2.3', '::ffff:198.51.100.1', '198.51.100.1'],
    ['rubbish', '10.1.2.3', 'unknown, <script>', '10.1.2.3'],
    ['empty', '10.1.2.3', '', '10.1.2.3'],
  ])('%s', (_, socket, header, address) => {
    expect(furthestTrusted(socket, header, proxies)).toBe(address)
  })
})

describe('one customer of a provider', () => {
  it.each([
    ['203.0.113.5', '203.0.113.5'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
    ['2001:0db8:0001:ffff::1', '2001:db8:1::/48'],
  ])('%s counts as %s', (address, key) => expect(networkKey(address)).toBe(key))
})

describe('one client', () => {
  it.each([
    ['203.0.113.5', '203.0.113.5'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::ffff', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::1', '2001:db8:1:2::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('%s counts as %s', (address, key) => expect(limitKey(address)).toBe(key))
})
