/** Every odd address gets an answer, never a failure of ours, and nothing of it is raw in the server's log. */
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/server'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server?.kill())

/** Sends bytes as they are, which no client library would; returns status and Location. */
const ask = (target: string, more = '', accept = 'text/html') =>
  new Promise<{ status: number; location?: string }>((resolve, reject) => {
    let answer = ''
    const socket = connect(server.port, '127.0.0.1', () =>
      socket.write(
        `GET ${target} HTTP/1.1\r\nHost: localhost:${server.port}\r\n${more}Accept: ${accept}\r\nConnection: close\r\n\r\n`,
      ),
    )
    socket.on('data', data => (answer += data.toString('latin1')))
    socket.on('error', reject)
    socket.on('close', () =>
      resolve({
        status: Number(answer.slice(9, 12)),
        location: /^location: (.*)\r$/im.exec(answer)?.[1],
      }),
    )
  })

const STARTS = ['/', '/reviews/', '/movies/', '/critics/', '/genres/', '/editor/', '/uploads/']
const ENDS = [
  '%', '%zz', '%00', '%0d%0a[fake]', '%1b[31m', '%9b', '%ff', '%ed%a0%80', '%E0%A4%A', '%25ff%1b[',
  '%25', '%252f', '%2f%2fevil.example', '%5cevil.example', '%2e%2e/%2e%2e/x', '..%2fx', '\\x', ';x',
  '%E2%82%AC', '\xE2\x82\xAC', '\xFF', '\x9B31m', 'a'.repeat(9000), '?%', '?q=%ff', '?q=%00', '?a[__proto__]=1',
  '_payload.json',
] // prettier-ignore
const OTHERS = [
  '//', '///', '//%0d%0a%1b[', '//\xC5\x82', '//%C5%82', '/\\\\evil.example', '////evil.example//',
  '//a/..//evil.example', '/%2f%2fevil.example', '/search?q=%', '/search?q=%ed%a0%80', '/search?q=%0d%0a',
  '/sign-in?next=/\xC3\xA9', '/sign-in?next=%', '/sign-in?next=//evil.example', '/setup?token=%ff',
  '/subscribe?wants=%', '/subscribe/confirm?token=%00', '/subscribe/manage?token=%ff',
  '/pictures/%00/share.jpg', '/pictures/%ff/portrait.jpg', '/feed.xml?genre=%00', '/atom.xml?critic=%ff',
  '/api//reviews', '/api/reviews/%', '/api/critics/%ff', '/api/reviews?limit=%', '/api/events?after=%00',
  '/_nuxt/%00', '/_nuxt/..%2fserver', '/__nuxt_error?statusCode=500', '/__nuxt_content/x', '*', 'x',
  'http://evil.example//x', 'https://evil.example', '/?__proto__=1',
] // prettier-ignore

describe.each([...STARTS.flatMap(start => ENDS.map(end => start + end)), ...OTHERS])(
  '%j',
  target => {
    it('gets an answer, and a redirect that stays here', async () => {
      for (const accept of ['text/html', 'application/json']) {
        const { status, location } = await ask(target, '', accept)
        expect(status).toBeGreaterThanOrEqual(200)
        expect(status).toBeLessThan(500)
        if (location) expect(location).toMatch(/^\/(?!\/)[\x21-\x7E]*$/)
      }
    })
  },
)

it('redirects what only has slashes too many, and answers 404 to control characters', async () => {
  expect(await ask('//reviews')).toEqual({ status: 308, location: '/reviews' })
  expect((await ask('//%0d%0a%1b[')).status).toBe(404)
  expect((await ask('/reviews/%1b[31m')).status).toBe(404)
})

it('signs in from a form towards a page with any letters in its address', async () => {
  const answer = await fetch(`${server.url}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ email: 'ines@example.org', password: 'x', next: '/é/ł' }),
  })
  expect(answer.status).toBe(401)
})

it('refuses two Host lines', async () => {
  expect((await ask('/', 'Host: evil.example\r\n')).status).toBe(400)
})

it('and the log has no line and no control character of theirs', () => {
  expect(server.output()).not.toMatch(/[^\P{Cc}\n]/u)
  expect(server.output()).not.toMatch(/^\[fake\]/m)
  expect(server.output()).not.toContain('TypeError')
})
