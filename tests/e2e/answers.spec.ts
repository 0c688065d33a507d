/** Every public answer: its tags and dates, its codings, its one address, and who may read it. */
import { get } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, caller, makeOwner } from '../support/account'
import { publish, type Published } from '../support/publish'
import { startServer, type TestServer } from '../support/server'

let server: TestServer
let owner: Caller
let ask: Caller
let review: Published
beforeAll(async () => {
  server = await startServer()
  owner = await makeOwner(server.url)
  ask = caller(server.url)
  review = await publish(owner)
})
afterAll(() => server.stop())

const LISTS = [
  '/',
  '/reviews',
  '/movies',
  '/critics',
  '/genres/thriller',
  '/search?q=vienna',
  '/api/reviews',
  '/api/movies',
  '/api/critics',
  '/api/search?q=vienna',
  '/api/events',
  '/feed.xml',
  '/atom.xml',
  '/feed.json',
  '/sitemap.xml',
]
const every = () => [
  ...LISTS,
  `/reviews/${review.slug}`,
  `/movies/the-third-man-1949`,
  `/api/reviews/${review.id}`,
  '/api/movies/the-third-man-1949',
]

/** An answer as it comes, not decompressed. */
const raw = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  new Promise<{ status: number; headers: Record<string, string>; body: Buffer }>(resolve => {
    const options = { method, headers, agent: false as const }
    const asked = get(server.url + path, options, answer => {
      const chunks: Buffer[] = []
      answer
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () =>
          resolve({
            status: answer.statusCode!,
            headers: answer.headers as Record<string, string>,
            body: Buffer.concat(chunks),
          }),
        )
    })
    asked.end()
  })

describe('tags', () => {
  it('are recognised weak, in lists, as *, and with what proxies append', async () => {
    for (const path of every()) {
      const { etag } = (await raw(path)).headers
      const inner = etag!.slice(1, -1)
      for (const given of [
        etag!,
        `W/${etag}`,
        `"other", ${etag}`,
        '*',
        `"${inner}-gzip"`,
        `W/"${inner}-gzip"`,
        `"${inner};br"`,
        `"${inner}--gzip"`,
      ]) {
        const again = await raw(path, { 'if-none-match': given })
        expect([path, given, again.status, again.body.length]).toEqual([path, given, 304, 0])
      }
      expect((await raw(path, { 'if-none-match': '"other"' })).status).toBe(200)
    }
  })

  it('of the files of the build are recognised too', async () => {
    const style = /\/_nuxt\/[\w.-]+\.css/.exec((await raw('/')).body.toString())![0]
    for (const path of [style, '/live.js', '/icon.svg'])
      for (const accepted of ['', 'gzip', 'gzip, br']) {
        const headers = { 'accept-encoding': accepted }
        const { etag } = (await raw(path, headers)).headers
        for (const given of [etag!, `W/${etag}`, `"x", ${etag!.slice(0, -1)}-gzip"`, '*'])
          expect([
            path,
            given,
            (await raw(path, { ...headers, 'if-none-match': given })).status,
          ]).toEqual([path, given, 304])
        expect((await raw(path, { ...headers, 'if-none-match': '"x"' })).status).toBe(200)
      }
  })

  it('are not changed by what happens in private', async () => {
    const tags = () => Promise.all(every().map(async path => (await raw(path)).headers.etag))
    const before = await tags()
    const { body } = await owner('/api/reviews', {
      body: { title: 'Secret', movie: { title: 'M', year: 1931 }, rating: 5 },
    })
    await owner(`/api/reviews/${body.id}`, { method: 'PATCH', body: { title: 'More secret' } })
    await owner(`/api/reviews/${body.id}/schedule`, { body: { at: '2999-01-01T00:00:00Z' } })
    // Pages that were kept would hide a change, so a parameter that is none asks once more.
    expect(await tags()).toEqual(before)
    await owner(`/api/reviews/${body.id}/schedule`, { method: 'DELETE' })
    expect((await raw('/api/reviews?limit=7')).body.toString()).toContain(
      `"position":${review.event.position}`,
    )
  })
})

describe('dates', () => {
  it('are those of the newest public event, and are enough for a 304', async () => {
    const { body } = await ask(`/api/reviews/${review.id}`)
    const published = `${new Date(body.publishedAt).toUTCString()}`
    for (const path of every()) {
      const { headers } = await raw(path)
      expect([path, headers['last-modified']]).toEqual([path, published])
      const since = await raw(path, { 'if-modified-since': published })
      expect([path, since.status]).toEqual([path, 304])
      const earlier = new Date(Date.parse(published) - 1000).toUTCString()
      expect((await raw(path, { 'if-modified-since': earlier })).status).toBe(200)
      const other = { 'if-modified-since': published, 'if-none-match': '"other"' }
      expect((await raw(path, other)).status).toBe(200)
    }
  })

  it('do not hide a second change in the same second', async () => {
    const path = '/api/reviews'
    const { headers } = await raw(path)
    for (let n = 0; n < 3; n++) {
      await owner(`/api/reviews/${review.id}/fix`, { body: { title: `Fixed ${n}` } })
      const since = await raw(path, { 'if-modified-since': headers['last-modified']! })
      expect(since.body.toString()).toContain(`Fixed ${n}`)
      headers['last-modified'] = since.headers['last-modified']!
    }
  })
})

describe('codings', () => {
  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const)('%s is sent for everything, with a tag of its own', async (coding, decode) => {
    for (const path of every()) {
      const plain = await raw(path)
      const coded = await raw(path, { 'accept-encoding': coding })
      expect([path, coded.headers['content-encoding']]).toEqual([path, coding])
      expect([path, decode(coded.body).equals(plain.body)]).toEqual([path, true])
      expect(coded.headers.etag).not.toBe(plain.headers.etag)
      expect(coded.headers.vary).toMatch(/accept-encoding/i)
      expect(plain.headers.vary).toMatch(/accept-encoding/i)
    }
  })

  it('are refused by a weight of 0', async () => {
    for (const path of ['/', '/feed.xml', '/api/reviews'])
      for (const [accepted, coding] of [
        ['gzip;q=0', undefined],
        ['br;q=0, gzip', 'gzip'],
        ['br;q=0.1, gzip', 'gzip'],
        ['*;q=0', undefined],
      ] as const)
        expect([
          accepted,
          (await raw(path, { 'accept-encoding': accepted })).headers['content-encoding'],
        ]).toEqual([accepted, coding])
  })
})

it('answers HEAD wherever it answers GET, with the same headers', async () => {
  for (const path of [...every(), '/robots.txt', '/api/push/key', '/health']) {
    const whole = await raw(path)
    const head = await raw(path, {}, 'HEAD')
    expect([path, head.status, head.body.length]).toEqual([path, whole.status, 0])
    expect(head.headers.etag).toBe(whole.headers.etag)
    expect(head.headers['content-type']).toBe(whole.headers['content-type'])
  }
})

describe('addresses', () => {
  it('of one page with parameters that it does not read are one page', async () => {
    for (const path of ['/', `/reviews/${review.slug}`, '/reviews', '/feed.xml', '/api/reviews']) {
      const { headers, body } = await raw(path)
      for (let n = 0; n < 100; n++) {
        const shared = await raw(`${path}?utm_source=${n}&fbclid=${Math.random()}`)
        if (!n) expect(shared.body.equals(body)).toBe(true)
        expect(shared.headers.etag).toBe(headers.etag)
      }
    }
  })

  it.each([
    ['/Movies', '/movies'],
    ['/movies/', '/movies'],
    ['/Reviews/?after=x', '/reviews?after=x'],
    ['/ABOUT/', '/about'],
    ['/Feed.xml', '/feed.xml'],
    ['/Movies/%E5%8D%83%2F/', '/movies/%E5%8D%83%2F'],
  ])('%s leads to %s', async (path, one) => {
    const { status, headers } = await raw(path)
    expect([status, headers.location]).toEqual([308, one])
  })

  it('each have one canonical address, the second page its own', async () => {
    const canonical = async (path: string) =>
      /<link rel="canonical" href="([^"]*)"/.exec((await raw(path)).body.toString())?.[1]
    expect(await canonical('/movies?utm_source=x')).toBe(`${server.url}/movies`)
    const { next } = (await ask('/api/reviews?limit=1')).body
    const after = next ?? Buffer.from('2999-01-01T00:00:00Z~x').toString('base64url')
    for (const path of ['/reviews', '/genres/thriller'])
      expect(await canonical(`${path}?after=${after}`)).toBe(`${server.url}${path}?after=${after}`)
  })
})

it('gives the same answer, and the same headers, to a request that comes again', async () => {
  for (const path of every())
    for (const coding of ['br', 'gzip', 'identity']) {
      const answers = []
      for (let n = 0; n < 3; n++) {
        const { headers, ...others } = await raw(path, { 'accept-encoding': coding })
        const { date: _, ...lasting } = headers
        answers.push([path, coding, { ...others, headers: lasting }])
      }
      expect(answers[1]).toEqual(answers[0])
      expect(answers[2]).toEqual(answers[0])
    }
})

describe('scripts of other sites', () => {
  it('may read everything public, refusals too', async () => {
    const found = [
      '/api/reviews',
      '/api/events',
      '/feed.json',
      '/live',
      `/api/reviews/${review.id}`,
    ]
    for (const path of [...found, '/sitemap.xml', '/api/reviews/none', '/api/reviews?limit=0']) {
      const { headers } = await raw(path, {}, 'HEAD')
      expect([path, headers['access-control-allow-origin']]).toEqual([path, '*'])
      const before = await raw(path, { 'access-control-request-method': 'GET' }, 'OPTIONS')
      expect([path, before.status, before.headers['access-control-allow-origin']]).toEqual([
        path,
        204,
        '*',
      ])
      expect(before.headers['access-control-allow-methods']).toBe('GET, HEAD')
    }
    const stop = new AbortController()
    const live = await fetch(`${server.url}/live`, { signal: stop.signal })
    expect(live.headers.get('access-control-allow-origin')).toBe('*')
    stop.abort()
  })

  it.each(['/api/me', '/api/parts', '/api/readers/import', '/api/outbox', '/editor'])(
    'may not read %s',
    async path =>
      expect((await raw(path)).headers).not.toHaveProperty('access-control-allow-origin'),
  )
})

it('keeps a connection longer than proxies do', async () => {
  const { headers } = await fetch(`${server.url}/health`)
  expect(Number(/timeout=(\d+)/.exec(headers.get('keep-alive') ?? '')?.[1])).toBeGreaterThanOrEqual(
    75,
  )
})

it('has no error of its own for any address', async () => {
  const odd = [
    '%',
    '%00',
    '%ff',
    "'",
    '"',
    '<',
    '..',
    '%2e%2e',
    '😀',
    'x'.repeat(3000),
    ';',
    '&&',
    '%0d%0a',
  ]
  const paths = [...LISTS.slice(1).map(path => path.split('?')[0]!), '/reviews/x', '/Movies/X']
  for (const path of paths)
    for (const text of odd)
      for (const address of [
        `${path}/${text}/`,
        `${path}/${text}`,
        `${path}?after=${text}`,
        `${path}?q=${text}&x=${text}`,
      ])
        expect([
          address,
          (await raw(encodeURI(address).replaceAll('%25', '%'))).status < 500,
        ]).toEqual([address, true])
})
