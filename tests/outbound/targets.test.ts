/** Which URLs may be called, for which purpose: a table of what strangers try. */
import { describe, expect, it } from 'vitest'
import { isPublicAddress } from '../../server/outbound/addresses'
import { createOutbound, trusted } from '../../server/outbound/client'
import { parseAllowTargets } from '../../server/outbound/targets'

const closed = createOutbound({ allow: [] })

describe('a webhook URL', () => {
  it.each([
    ['https://127.0.0.1/', 'private address'],
    ['https://127.1/', 'private address'],
    ['https://2130706433/', 'private address'],
    ['https://0x7f000001/', 'private address'],
    ['https://0x7f.0.0.1/', 'private address'],
    ['https://0177.0.0.1/', 'private address'],
    ['https://017700000001/', 'private address'],
    ['https://１２７.0.0.1/', 'private address'],
    ['https://127。0。0。1/', 'private address'],
    ['https://0/', 'private address'],
    ['https://0.0.0.0/', 'private address'],
    ['https://10.1.2.3/', 'private address'],
    ['https://100.64.0.1/', 'private address'],
    ['https://169.254.169.254/latest/meta-data', 'private address'],
    ['https://172.31.255.255/', 'private address'],
    ['https://192.168.0.1/', 'private address'],
    ['https://198.18.0.1/', 'private address'],
    ['https://224.0.0.1/', 'private address'],
    ['https://255.255.255.255/', 'private address'],
    ['https://[::]/', 'private address'],
    ['https://[::1]/', 'private address'],
    ['https://[::ffff:127.0.0.1]/', 'private address'],
    ['https://[::ffff:8.8.8.8]/', 'private address'],
    ['https://[::127.0.0.1]/', 'private address'],
    ['https://[64:ff9b::7f00:1]/', 'private address'],
    ['https://[64:ff9b:1::a00:1]/', 'private address'],
    ['https://[2002:7f00:1::]/', 'private address'],
    ['https://[2001:0:7f00:1::]/', 'private address'],
    ['https://[fc00::1]/', 'private address'],
    ['https://[fe80::1]/', 'private address'],
    ['https://[ff02::1]/', 'private address'],
    ['https://[2001:db8::1]/', 'private address'],
    ['https://localhost/', 'private address'],
    ['https://metadata.google.internal./', 'private address'],
    ['https://LOCALHOST/', 'private address'],
    ['https://app.localhost/', 'private address'],
    ['https://intranet/', 'private address'],
    ['https://printer.local/', 'private address'],
    ['https://metadata.google.internal/', 'private address'],
    ['https://example.com../', 'private address'],
    ['https://localhost./', 'private address'],
    ['https://user@example.com/', 'user name or password'],
    ['https://user:word@example.com/', 'user name or password'],
    ['https://example.com@127.0.0.1/', 'user name or password'],
    ['https://example.com:8443/', 'port other than 443'],
    ['https://example.com:22/', 'port other than 443'],
    ['http://example.com/', 'not https'],
    ['http://example.com:443/', 'not https'],
    ['file:///etc/passwd', 'not https'],
    ['javascript:alert(1)', 'not https'],
    ['data:text/plain,x', 'not https'],
    ['gopher://example.com/', 'not https'],
    ['https://example.com\\@127.0.0.1/', 'not a URL'],
    ['https://exa\tmple.com/', 'not a URL'],
    [' https://example.com/', 'not a URL'],
    ['https://example.com/\r\nx-evil: 1', 'not a URL'],
    ['https://[fe80::1%25eth0]/', 'not a URL'],
    ['https://', 'not a URL'],
    ['//example.com/', 'not a URL'],
    ['', 'not a URL'],
    [`https://example.com/${'a'.repeat(2048)}`, 'not a URL'],
  ])('%s is refused', (url, why) => {
    expect(closed.check('webhook', url)).toContain(why)
  })

  it.each([
    'https://example.com./hook',
    'https://example.com/',
    'https://example.com:443/x?y#z',
    'https://8.8.8.8/',
    'https://[2606:4700::1111]/',
    'https://bücher.example/',
  ])('%s is accepted', url => {
    expect(closed.check('webhook', url)).toBeUndefined()
  })
})

describe('a push endpoint', () => {
  it.each([
    'https://fcm.googleapis.com/fcm/send/x',
    'https://updates.push.services.mozilla.com/wpush/v2/x',
    'https://web.push.apple.com/x',
    'https://wns2-par02p.notify.windows.com/w/?token=x',
  ])('%s is accepted', url => {
    expect(closed.check('push', url)).toBeUndefined()
  })

  it.each([
    'https://example.com/',
    'https://evil-fcm.googleapis.com/',
    'https://fcm.googleapis.com.evil.example/',
    'https://push.apple.com.evil.example/',
    'https://evilpush.apple.com/',
    'https://8.8.8.8/',
    'https://fcm.googleapis.com./',
  ])('%s is refused', url => {
    expect(closed.check('push', url)).toBeDefined()
  })
})

describe('NUXT_ALLOW_TARGETS', () => {
  const open = createOutbound({
    allow: parseAllowTargets([
      '127.0.0.1:8443',
      'push:localhost:9000',
      'webhook:[::1]:9001',
      'Example.com:8443',
    ]),
  })

  it.each([
    ['webhook', 'https://127.0.0.1:8443/x'],
    ['push', 'http://127.0.0.1:8443/'],
    ['push', 'https://localhost:9000/'],
    ['push', 'http://localhost:9000/'],
    ['webhook', 'http://[::1]:9001/'],
    ['omdb', 'https://example.com:8443/'],
  ])('opens %s to %s', (purpose, url) => {
    expect(open.check(purpose, url)).toBeUndefined()
  })

  it.each([
    ['webhook', 'https://127.0.0.1/'],
    ['webhook', 'https://127.0.0.2:8443/'],
    ['webhook', 'https://localhost:9000/'],
    ['push', 'https://[::1]:9001/'],
    ['push', 'https://localhost.:9000/'],
    ['push', 'https://u@localhost:9000/'],
    ['push', 'ftp://localhost:9000/'],
    ['push', 'https://localhost:9000@10.0.0.1/'],
  ])('leaves %s to %s closed', (purpose, url) => {
    expect(open.check(purpose, url)).toBeDefined()
  })

  it.each(['localhost', 'push:localhost', 'https://localhost:1', '*:443', 'a b:1', ':1', 'host:'])(
    '"%s" is reported as a mistake',
    entry => {
      expect(() => parseAllowTargets([entry])).toThrow(entry)
    },
  )
})

describe("a part's own URL", () => {
  const own = trusted('network', 'http://localhost:3999/api')

  it('is open to that part', () => {
    expect(closed.check(own, 'http://localhost:3999/api/v1/statuses')).toBeUndefined()
  })
  it('opens nothing else to it', () => {
    expect(closed.check(own, 'http://localhost:4000/')).toBeDefined()
  })
  it('is closed to others', () => {
    expect(closed.check(trusted('x', 'https://api.x.com'), 'http://localhost:3999/')).toBeDefined()
  })
  it('trusts nothing when unreadable', () => {
    expect(closed.check(trusted('x', 'nonsense'), 'http://localhost/')).toBeDefined()
  })
})

it('what is not an address is not public', () => {
  expect(
    ['', 'example.com', 'fe80::1%eth0', '2606:4700::1%1', '1.2.3'].map(isPublicAddress),
  ).toEqual([false, false, false, false, false])
})
