/** The guarded client against a real server on this machine. */
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Outbound } from '../../server/outbound/client'
import {
  AnswerTooLong,
  createOutbound,
  OutboundRefused,
  trusted,
} from '../../server/outbound/client'
import { makeCertificate, trustHere } from '../support/certificate'

const seen: string[] = []
const server = createServer((request, response) => {
  seen.push(request.url!)
  if (request.url === '/redirect') return response.writeHead(302, { location: '/reached' }).end()
  if (request.url === '/hang') return
  if (request.url === '/drip') return void response.writeHead(200).write('a')
  if (request.url === '/long') return response.end('x'.repeat(2_000_000))
  if (request.url === '/bomb')
    return response
      .writeHead(200, { 'content-encoding': 'gzip' })
      .end(gzipSync('x'.repeat(2_000_000)))
  response.end('hello')
})
let origin: string
let host: string
let open: Outbound

beforeAll(async () => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  host = `127.0.0.1:${port}`
  origin = `http://${host}`
  open = createOutbound({ allow: [{ host: '127.0.0.1', port: String(port) }] })
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

describe('a call', () => {
  it('reaches an allowed target', async () => {
    expect(await (await open.fetch('webhook', `${origin}/`)).text()).toBe('hello')
  })

  it("reaches a part's own URL, which no other part can", async () => {
    const closed = createOutbound({ allow: [] })
    expect((await closed.fetch(trusted('omdb', origin), `${origin}/`)).status).toBe(200)
    await expect(closed.fetch('tmdb', `${origin}/`)).rejects.toThrow(OutboundRefused)
  })

  it('reaches an allowed target by its IPv6 address too', async () => {
    const six = createServer((_, response) => response.end('six'))
    await new Promise<void>(resolve => six.listen(0, '::1', resolve))
    const port = String((six.address() as AddressInfo).port)
    const client = createOutbound({ allow: [{ host: '[::1]', port }] })
    expect(await (await client.fetch('webhook', `http://[::1]:${port}/`)).text()).toBe('six')
    six.closeAllConnections()
    six.close()
  })

  it('answers a redirect instead of following it', async () => {
    seen.length = 0
    const answer = await open.fetch('webhook', `${origin}/redirect`)
    expect([answer.status, answer.headers.get('location'), seen]).toEqual([
      302,
      '/reached',
      ['/redirect'],
    ])
  })

  it.each(['/hang', '/drip'])('gives up on %s when its time is up', async path => {
    await expect(
      open.fetch('webhook', origin + path, { timeout: 100 }).then(answer => answer.text()),
    ).rejects.toThrow(/timeout/i)
  })

  it.each(['/long', '/bomb'])('stops reading %s at the limit', async path => {
    const answer = await open.fetch('webhook', origin + path)
    await expect(answer.text()).rejects.toThrow(AnswerTooLong)
  })

  it('can be cut off by its caller', async () => {
    const cut = new AbortController()
    const call = open.fetch('webhook', `${origin}/hang`, { signal: cut.signal })
    cut.abort(new Error('no longer wanted'))
    await expect(call).rejects.toThrow('no longer wanted')
  })
})

describe('a name', () => {
  const answering = (...addresses: string[]) =>
    createOutbound({
      allow: [],
      resolve: async () =>
        addresses.map(address => ({ address, family: address.includes(':') ? 6 : 4 })),
    })

  it.each([
    [['127.0.0.1']],
    [['8.8.8.8', '10.0.0.1']],
    [['::ffff:127.0.0.1']],
    [['64:ff9b::7f00:1']],
    [['169.254.169.254']],
  ])('that resolves to %s is refused when connecting', async addresses => {
    const refused = await answering(...addresses)
      .fetch('webhook', 'https://example.com/secret')
      .catch(e => e)
    expect(refused).toBeInstanceOf(OutboundRefused)
    expect(refused.message).toBe('example.com leads to a private address')
  })

  it('that looked public when checked and points inside when called is refused (rebinding)', async () => {
    const rebinding = answering('127.0.0.1')
    expect(rebinding.check('webhook', 'https://example.com/')).toBeUndefined()
    await expect(rebinding.fetch('webhook', 'https://example.com/')).rejects.toThrow(
      OutboundRefused,
    )
  })

  it("that does not resolve is the network's error, not a refusal", async () => {
    const lost = createOutbound({
      allow: [],
      resolve: async () => {
        throw Object.assign(new Error('ENOTFOUND'), { code: 'ENOTFOUND' })
      },
    })
    const error = await lost.fetch('webhook', 'https://example.com/').catch(e => e)
    expect(error).not.toBeInstanceOf(OutboundRefused)
    expect(error.cause.code).toBe('ENOTFOUND')
  })
})

describe('over TLS', () => {
  it('the certificate is checked, even of an allowed target', async () => {
    const mine = await makeCertificate()
    const secure = createTlsServer(mine, (_, response) => response.end('hello'))
    await new Promise<void>(resolve => secure.listen(0, '127.0.0.1', resolve))
    const { port } = secure.address() as AddressInfo
    const client = createOutbound({
      allow: [{ host: '127.0.0.1', port: String(port), purpose: 'push' }],
    })
    const target = `https://127.0.0.1:${port}`
    await expect(client.fetch('push', target)).rejects.toMatchObject({
      cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    })
    trustHere(mine.cert)
    expect(await (await client.fetch('push', target)).text()).toBe('hello')
    secure.closeAllConnections()
    secure.close()
  })
})
