/** The hub for feeds: from a subscriber's request to signed content, through every kind of failure. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Caller, makeOwner } from '../support/account'
import { type HubBehaviour, HubSubscriber } from '../support/hub-subscriber'
import { publish } from '../support/publish'
import { startServer, type TestServer } from '../support/server'

const SOON = { timeout: 15_000 }
const SECRET = 'between the two of us'
const dataDir = mkdtempSync(join(tmpdir(), 'mymovies-websub-'))
let subscriber: HubSubscriber
let server: TestServer
let critic: Caller
let paths = 0

const start = (port?: number, env: Record<string, string> = {}) =>
  startServer({
    dataDir,
    port,
    env: { NUXT_ALLOW_TARGETS: `websub:${new URL(subscriber.origin).host}`, ...env },
  })
beforeAll(async () => {
  subscriber = await HubSubscriber.start()
  server = await start()
  critic = await makeOwner(server.url)
  await publish(critic)
})
afterAll(async () => {
  await server.kill()
  await subscriber.close()
  rmSync(dataDir, { recursive: true })
})
beforeEach(() => subscriber.clear())

type Form = Record<string, string>
async function ask(form: Form | [string, string][], headers: Form = {}) {
  const answer = await fetch(`${server.url}/websub`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(form),
  })
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    words: await answer.text(),
  }
}
function rows(table: 'hub_requests' | 'hub_subscriptions') {
  const app = new DatabaseSync(join(dataDir, 'app.sqlite'), { readOnly: true, timeout: 5000 })
  try {
    return app.prepare(`SELECT * FROM ${table}`).all() as Record<string, unknown>[]
  } finally {
    app.close()
  }
}
const subscribed = (path: string) =>
  rows('hub_subscriptions').filter(row => row.callback === subscriber.origin + path)
const failed = (path: string) =>
  rows('hub_requests').filter(row => row.callback === subscriber.origin + path && row.failed_at)

/** A request for a path of its own. */
const requestFor = (path: string, topic: string, more: Form = {}) => ({
  'hub.mode': 'subscribe',
  'hub.topic': topic,
  'hub.callback': subscriber.origin + path,
  ...more,
})
async function subscribe(topic: string, more: Form = { 'hub.secret': SECRET }) {
  const path = `/hook-${++paths}`
  subscriber.want(path, 'subscribe', topic, more['hub.secret'])
  expect(await ask(requestFor(path, topic, more))).toMatchObject({ status: 202 })
  await expect.poll(() => subscribed(path).length, SOON).toBe(1)
  return path
}

it('discovery, subscription, content and the end of it', async () => {
  const discovered = await fetch(`${server.url}/feed.xml?minRating=4&genre=Thriller&utm_source=x`)
  const links = Object.fromEntries(
    [...discovered.headers.get('link')!.matchAll(/<([^>]*)>; rel="(\w+)"/g)].map(
      ([, to, rel]) => [rel, to] as [string, string],
    ),
  )
  expect(links).toEqual({
    hub: `${server.url}/websub`,
    self: `${server.url}/feed.xml?genre=Thriller&minRating=4`,
  })
  const path = await subscribe(links.self!)
  expect(subscriber.asked).toMatchObject([
    { path, query: { 'hub.mode': 'subscribe', 'hub.lease_seconds': '864000' } },
  ])

  const { id } = await publish(critic)
  await expect.poll(() => subscriber.taken(path).length, SOON).toBe(1)
  const [post] = subscriber.posted
  const polled = await fetch(links.self!)
  expect(post).toMatchObject({
    body: await polled.text(),
    type: polled.headers.get('content-type'),
    etag: expect.stringMatching(/^"\w+"$/),
    links,
  })
  expect(parseRssFeed(post!.body).items![0]!.guid!.value).toBe(id)

  await publish(critic, { movie: { title: 'Playtime', year: 1967, genres: ['Comedy'] } })
  const { id: last } = await publish(critic)
  await expect
    .poll(() => parseRssFeed(subscriber.taken(path).at(-1)!.body).items![0]!.guid!.value, SOON)
    .toBe(last)
  expect(subscriber.taken(path)).toHaveLength(2)

  subscriber.want(path, 'unsubscribe', links.self!)
  expect(await ask({ ...requestFor(path, links.self!), 'hub.mode': 'unsubscribe' })).toMatchObject({
    status: 202,
  })
  await expect.poll(() => subscribed(path), SOON).toEqual([])
  const other = await subscribe(links.self!)
  await publish(critic)
  await expect.poll(() => subscriber.taken(other).length, SOON).toBe(1)
  expect(subscriber.taken(path)).toHaveLength(2)
  expect(subscriber.violations).toEqual([])
})

it('an archived review leaves every format, and a tombstone in Atom', async () => {
  const topics = ['/feed.xml', '/atom.xml', '/feed.json'].map(path => server.url + path)
  const [rss, atom, json] = (await Promise.all(topics.map(topic => subscribe(topic)))) as [
    string,
    string,
    string,
  ]
  const { id } = await publish(critic)
  for (const path of [rss, atom, json])
    await expect.poll(() => subscriber.taken(path).at(-1)?.body ?? '', SOON).toContain(id)
  await critic(`/api/reviews/${id}/archive`, { body: { reason: 'Wrong <cut> & film.' } })
  for (const path of [rss, json])
    await expect.poll(() => subscriber.taken(path).at(-1)!.body, SOON).not.toContain(id)
  const entryId = `urn:mymovies:review:${id}`
  await expect
    .poll(() => subscriber.taken(atom).at(-1)!.body, SOON)
    .toMatch(
      new RegExp(
        `<at:deleted-entry ref="${entryId}" when="[\\d:.TZ-]+">\\s*<at:comment>Wrong &lt;cut&gt; &amp; film.</at:comment>`,
      ),
    )
  const body = subscriber.taken(atom).at(-1)!.body
  expect(parseAtomFeed(body).entries!.map(entry => entry.id)).not.toContain(entryId)
  await critic(`/api/reviews/${id}/restore`, { body: {} })
  await expect
    .poll(() => subscriber.taken(atom).at(-1)!.body, SOON)
    .not.toContain(`<at:deleted-entry ref="${entryId}"`)
  expect(subscriber.violations).toEqual([])
})

it('a renewal changes the lease and the secret, and nothing is posted twice', async () => {
  const topic = `${server.url}/atom.xml`
  const path = await subscribe(topic, { 'hub.secret': 'old', 'hub.lease_seconds': '300' })
  const [before] = subscribed(path)
  subscriber.want(path, 'subscribe', topic, 'new')
  await ask(requestFor(path, topic, { 'hub.secret': 'new', 'hub.lease_seconds': '99999999999' }))
  await expect.poll(() => subscribed(path)[0]!.secret, SOON).toBe('new')
  const [after] = subscribed(path)
  expect(after!.id).toBe(before!.id)
  const days = (Number(after!.lease_until) - Date.now()) / 86_400_000
  expect(days).toBeGreaterThan(29)
  expect(days).toBeLessThanOrEqual(30)
  await publish(critic)
  await expect.poll(() => subscriber.taken(path).length, SOON).toBe(1)
  expect(subscriber.violations).toEqual([])
})

describe('a callback that does not confirm', () => {
  it.each<[string, HubBehaviour]>([
    ['says no', { status: 404 }],
    ['redirects', { status: 302, headers: { location: '/elsewhere' } }],
    ['answers another challenge', { status: 200, body: 'something' }],
    ['answers nothing', { status: 204 }],
    ['answers 10 MB', { status: 200, act: 'flood' }],
  ])('%s: is not subscribed', async (_, behaviour) => {
    const path = `/hook-${++paths}`
    subscriber.behave(path, behaviour)
    expect(await ask(requestFor(path, `${server.url}/feed.xml`))).toMatchObject({ status: 202 })
    await expect.poll(() => failed(path).length, SOON).toBe(1)
    expect(subscribed(path)).toEqual([])
  })

  it.each<[string, HubBehaviour]>([
    ['hangs', { act: 'hang' }],
    ['sends headers and then nothing', { status: 200, act: 'head' }],
    ['cuts the connection', { act: 'cut' }],
    ['is down', { status: 503 }],
  ])('%s: waits, and holds up nobody', async (_, behaviour) => {
    const path = `/hook-${++paths}`
    subscriber.behave(path, behaviour)
    await ask(requestFor(path, `${server.url}/feed.xml`))
    await expect.poll(() => subscriber.asked.some(asked => asked.path === path), SOON).toBe(true)
    await subscribe(`${server.url}/feed.xml`)
    expect([subscribed(path), failed(path)]).toEqual([[], []])
  })

  it('keeps what it agreed to before', async () => {
    const topic = `${server.url}/feed.json`
    const path = await subscribe(topic, { 'hub.secret': 'old' })
    subscriber.behave(path, { to: 'GET', status: 404 })
    await ask(requestFor(path, topic, { 'hub.secret': 'new' }))
    await expect.poll(() => failed(path).length, SOON).toBe(1)
    await publish(critic)
    await expect.poll(() => subscriber.taken(path).length, SOON).toBe(1)
    expect(parseJsonFeed(subscriber.taken(path)[0]!.body).title).toBe('MyMovies')
    expect(subscriber.violations).toEqual([])
  })
})

it('a callback that hangs or is gone holds up no other', async () => {
  const topic = `${server.url}/feed.xml`
  const hangs = await subscribe(topic)
  const gone = await subscribe(topic)
  const well = await subscribe(topic)
  subscriber.behave(hangs, { act: 'hang' })
  subscriber.behave(gone, { status: 410 })
  await publish(critic)
  await expect.poll(() => subscriber.taken(well).length, SOON).toBe(1)
  await expect.poll(() => subscribed(gone), SOON).toEqual([])
  expect(subscribed(hangs)).toHaveLength(1)
})

describe('bad requests', () => {
  const good = () => requestFor('/never', `${server.url}/feed.xml`)
  const without = (name: string) =>
    Object.fromEntries(Object.entries(good()).filter(([key]) => key !== name))
  const TABLE: [string, () => Form | [string, string][], RegExp][] = [
    ['no mode', () => without('hub.mode'), /^hub\.mode /],
    [
      'another mode',
      () => ({ ...good(), 'hub.mode': 'Subscribe' }),
      /^hub\.mode must be subscribe/,
    ],
    ['no callback', () => without('hub.callback'), /^hub\.callback /],
    ['an empty callback', () => ({ ...good(), 'hub.callback': '' }), /^hub\.callback /],
    ['no topic', () => without('hub.topic'), /^hub\.topic /],
    ['two modes', () => [...Object.entries(good()), ['hub.mode', 'publish']], /^hub\.mode /],
    ['two topics', () => [...Object.entries(good()), ['hub.topic', 'x']], /^hub\.topic .*once/],
    [
      'two callbacks',
      () => [...Object.entries(good()), ['hub.callback', 'https://x.org/']],
      /^hub\.callback .*once/,
    ],
    ...[
      'no address',
      'ftp://example.org/hook',
      'http://example.org/hook',
      'https://localhost/hook',
      'https://127.0.0.1/hook',
      'https://10.0.0.1/hook',
      'https://[::1]/hook',
      'https://[::ffff:127.0.0.1]/hook',
      'https://169.254.169.254/latest',
      'https://2130706433/',
      'https://0x7f.1/',
      'https://intranet/hook',
      'https://example.org:8443/hook',
      'https://user:password@example.org/hook',
      'https://example.org/hook#fragment',
      'https://example.org/a hook',
      'https://example.org\\@10.0.0.1/',
      `https://example.org/${'x'.repeat(2100)}`,
      `https://example.org/${'x'.repeat(1950)}`,
      'javascript:alert(1)',
      '//example.org/hook',
    ].map(
      callback =>
        [
          `the callback ${callback.slice(0, 60)}`,
          () => ({ ...good(), 'hub.callback': callback }),
          /^hub\.callback /,
        ] as (typeof TABLE)[0],
    ),
    ...[
      'https://example.org/feed.xml',
      '/feed.xml',
      'feed.xml',
      'nonsense',
      'SITE',
      'SITE/',
      'SITE/reviews',
      'SITE/api/reviews',
      'SITE/feed.xml/',
      'SITE/Feed.xml',
      'SITE//feed.xml',
      'SITE/feed.xml#top',
      'SITE.evil.example/feed.xml',
      'SITE/feed.xml?genre=nosuch',
      'SITE/feed.xml?critic=nobody',
      'SITE/feed.xml?minRating=6',
      'SITE/feed.xml?minRating=x',
      'SITE/feed.xml?minRating=4&minRating=5',
      'SITE/feed.xml?after=MjAyNi0xMS0xNFQxMTowMToxNy4wMDBafmE',
      'SITE/feed.xml?after=x',
      `SITE/feed.xml?genre=${'x'.repeat(61)}`,
      'SITE/__proto__',
      'SITE/constructor',
    ].map(
      topic =>
        [
          `the topic ${topic.slice(0, 60)}`,
          () => ({ ...good(), 'hub.topic': topic.replace('SITE', server.url) }),
          /^hub\.topic /,
        ] as (typeof TABLE)[0],
    ),
    ...['0', '000', '-1', '1.5', '1e5', 'ten', '0x10', ' 300', '٣٠٠'].map(
      lease =>
        [
          `a lease of ${lease}`,
          () => ({ ...good(), 'hub.lease_seconds': lease }),
          /^hub\.lease_seconds /,
        ] as (typeof TABLE)[0],
    ),
    [
      'a secret of 200 bytes',
      () => ({ ...good(), 'hub.secret': 'x'.repeat(200) }),
      /^hub\.secret .*200 bytes/,
    ],
    [
      'a secret of 200 bytes in 100 letters',
      () => ({ ...good(), 'hub.secret': 'é'.repeat(100) }),
      /^hub\.secret /,
    ],
  ]

  it.each(TABLE)('%s: 422 in plain words, and nothing is stored', async (_, form, words) => {
    const answer = await ask(form())
    expect(answer).toMatchObject({ status: 422, type: 'text/plain; charset=utf-8' })
    expect(answer.words).toMatch(words)
    expect(rows('hub_requests').filter(row => String(row.callback).includes('/never'))).toEqual([])
  })

  it.each<[number, string, RequestInit]>([
    [
      415,
      'JSON',
      { body: '{"hub.mode":"subscribe"}', headers: { 'content-type': 'application/json' } },
    ],
    [415, 'no type', { body: Buffer.from('hub.mode=subscribe') }],
    [
      422,
      'an empty form',
      { body: '', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    ],
    [413, 'a megabyte', { body: new URLSearchParams({ 'hub.mode': 'x'.repeat(1 << 20) }) }],
  ])('%i for %s, in plain words', async (status, _, init) => {
    const answer = await fetch(`${server.url}/websub`, { method: 'POST', ...init })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      status,
      'text/plain; charset=utf-8',
    ])
    expect(await answer.text()).not.toMatch(/[{<]|at .*\.ts/)
  })

  it('other methods are refused, GET says what this is, and a ping is not needed', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH'])
      expect((await fetch(`${server.url}/websub`, { method })).status).toBe(405)
    expect(await (await fetch(`${server.url}/websub`)).text()).toContain('WebSub hub')
    const ping = await ask({ 'hub.mode': 'publish', 'hub.url': `${server.url}/feed.xml` })
    expect(ping).toMatchObject({ status: 200, words: expect.stringContaining('no need') })
  })

  it('unknown fields and empty ones are ignored', async () => {
    await subscribe(`${server.url}/feed.xml`, {
      'hub.verify': 'sync',
      'hub.verify_token': 'x',
      'hub.lease_seconds': '',
      'hub.secret': '',
    })
  })
})

it('a kill between their yes and our record: one version, and nothing is lost', async () => {
  const path = await subscribe(`${server.url}/feed.xml`)
  const killed = new Promise<void>(resolve => {
    subscriber.onAccepted = () => {
      subscriber.onAccepted = () => {}
      void server.kill().then(() => resolve())
    }
  })
  const { id } = await publish(critic)
  await killed
  const { port } = server
  server = await start(port)
  const state = () => {
    const app = new DatabaseSync(join(dataDir, 'app.sqlite'), { readOnly: true, timeout: 5000 })
    const recipient = rows('hub_subscriptions').find(
      row => row.callback === subscriber.origin + path,
    )!.id as string
    const sql = `SELECT state FROM deliveries WHERE reactor = 'websub' AND recipient = ? AND review_id = ?`
    const found = app.prepare(sql).all(recipient, id) as { state: string }[]
    app.close()
    return found.map(row => row.state)
  }
  await expect.poll(state, { timeout: 40_000 }).toEqual(['accepted'])
  expect(subscriber.posted.filter(post => post.path === path).length).toBeGreaterThan(0)
  expect(subscriber.taken(path)).toHaveLength(1)
  expect(subscriber.violations).toEqual([])
}, 60_000)

it('switched off: no feed names a hub, and there is none', async () => {
  const { port } = server
  await server.stop()
  server = await start(port, { NUXT_WEBSUB_HUB: 'off' })
  for (const path of ['/feed.xml', '/atom.xml', '/feed.json']) {
    const answer = await fetch(server.url + path)
    expect(answer.headers.get('link')).not.toContain('hub')
    expect(await answer.text()).not.toMatch(/rel="hub"|"hubs"/)
  }
  expect(await ask(requestFor('/off', `${server.url}/feed.xml`))).toMatchObject({ status: 404 })
}, 60_000)
