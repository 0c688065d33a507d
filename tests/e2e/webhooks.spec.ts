/** Webhooks: from creating one to the verified notice, through every kind of failure. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, caller, makeOwner, withToken } from '../support/account'
import { publish, type Published } from '../support/publish'
import { hasPython, inNode, inPython } from '../support/samples'
import { startServer, type TestServer } from '../support/server'
import { type Call, WebhookReceiver } from '../support/webhook-receiver'

const SOON = { timeout: 15_000 }
const dataDir = mkdtempSync(join(tmpdir(), 'mymovies-webhooks-'))
const T = (name: string) => `com.mymovies.review.${name}.v1`
let partner: WebhookReceiver
let server: TestServer
let critic: Caller
let script: Caller
let paths = 0

const start = (port?: number) =>
  startServer({
    dataDir,
    port,
    env: { NUXT_ALLOW_TARGETS: `webhook:${new URL(partner.origin).host}` },
  })
beforeAll(async () => {
  partner = await WebhookReceiver.start()
  server = await start()
  critic = await makeOwner(server.url)
  script = await withToken(server.url, critic, ['webhooks'])
})
afterAll(async () => {
  await server.kill()
  await partner.close()
  rmSync(dataDir, { recursive: true })
})

/** A webhook with its own path. */
async function hook(wanted: object = { shape: 'thin' }) {
  const path = `/hook-${++paths}`
  const { status, body } = await script('/api/webhooks', {
    body: { url: partner.origin + path, ...wanted },
  })
  expect([status, body]).toEqual([
    201,
    { id: expect.any(String), secret: expect.stringMatching(/^whsec_/) },
  ])
  partner.trust(path, body.secret)
  return {
    path,
    ...(body as { id: string; secret: string }),
    told: () => partner.taken(path).map(call => call.type),
    calls: () => partner.calls.filter(call => call.path === path),
    ask: (what = '', call = {}) => script(`/api/webhooks/${body.id}${what}`, call),
    sheet: async () => (await script(`/api/webhooks/${body.id}`)).body,
  }
}
const change = async ({ id }: Published, how: string, body: object = {}) => {
  const done = await critic(`/api/reviews/${id}/${how}`, { body })
  expect([done.status, done.body]).toMatchObject([202, {}])
  return done.body as Published
}

it('each partner gets signed notices of a review, and of later changes, in the shape it asked for', async () => {
  const thin = await hook()
  const fat = await hook({ shape: 'fat' })
  const pick = await hook({ shape: 'pick', fields: ['title', 'rating'] })
  const review = await publish(critic)
  for (const { told } of [thin, fat, pick]) await expect.poll(told, SOON).toEqual([T('published')])
  const data = (one: { path: string }) => partner.taken(one.path).at(-1)!.notice.data
  expect(data(thin)).toEqual({
    id: review.id,
    url: review.url,
    api: `${server.url}/api/reviews/${review.id}`,
  })
  expect(data(fat)).toMatchObject({
    id: review.id,
    title: 'On The Third Man',
    body: 'Vienna.',
    rating: 5,
  })
  expect(data(pick)).toEqual({ id: review.id, title: 'On The Third Man', rating: 5 })
  expect(partner.taken(thin.path)[0]).toMatchObject({
    id: review.event.id,
    contentType: 'application/cloudevents+json; charset=utf-8',
    notice: {
      id: review.event.id,
      sequence: String(review.event.position).padStart(8, '0'),
      subject: review.id,
      source: server.url,
    },
  })

  await change(review, 'fix', { title: 'On the Third Man' })
  await change(review, 'correct', { rating: 4.5, note: 'Half a point too much.' })
  await change(review, 'archive', { reason: 'Written about another film.' })
  await change(review, 'restore')
  await expect.poll(fat.told, SOON).toEqual(expect.arrayContaining([T('restored')]))
  expect(
    fat
      .told()
      .filter(type => type !== T('archived') && type !== T('fixed') && type !== T('corrected')),
  ).toEqual([T('published'), T('restored')])
  await change(review, 'archive', { reason: 'Written about another film.' })
  for (const one of [fat, pick]) {
    await expect.poll(() => one.told().at(-1), SOON).toBe(T('archived'))
    expect(data(one)).toEqual({ id: review.id, url: review.url, withdrawn: true })
  }
  expect(partner.violations).toEqual([])
})

it('the code on /developers, copied from the page, accepts our calls and no others', async () => {
  const html = await (await fetch(`${server.url}/developers`)).text()
  const one = await hook()
  const { event } = await publish(critic)
  const sample = (language: string) =>
    [
      ...html.matchAll(
        new RegExp(
          `<pre[^>]* class="language-${language}"[^>]*>(?:<!--\\[-->)?<code[^>]*>([\\s\\S]*?)</code>`,
          'g',
        ),
      ),
    ]
      .map(([, code]) => code!.replaceAll(/<[^>]*>/g, ''))
      .find(code => code.includes('verify(secret, headers, body)'))!
      .replaceAll(
        /&(lt|gt|quot|#39|amp);/g,
        (_, name: string) => ({ lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' })[name]!,
      )
  await expect.poll(() => one.calls().map(call => call.id), SOON).toEqual([event.id])
  const [{ headers, body }] = one.calls() as [Call]
  const call = { secret: one.secret, headers, body }
  const { 'webhook-timestamp': _, ...timeless } = headers
  const calls = [
    call,
    { ...call, body: body.replace('published', 'archived') },
    { ...call, headers: timeless },
    {
      ...call,
      headers: {
        ...headers,
        'webhook-timestamp': String(Number(headers['webhook-timestamp']) - 600),
      },
    },
    { ...call, headers: { ...headers, 'webhook-id': 'another' } },
  ]
  for (const verify of [inNode(sample('js')), ...(hasPython ? [inPython(sample('python'))] : [])])
    for (const bytes of [true, false])
      expect(verify(calls, bytes)).toEqual([true, false, false, false, false])
})

it('a webhook for corrections gets only corrections', async () => {
  const review = await publish(critic)
  const preview = async () =>
    (await critic(`/api/reviews/${review.id}/preview`, { body: {} })).body.parts.find(
      ({ part }: { part: string }) => part === 'webhooks',
    ).count
  const others = await preview()
  const one = await hook({ shape: 'thin', types: [T('corrected')] })
  await change(review, 'correct', { rating: 4, note: 'Too much.' })
  await expect.poll(one.told, SOON).toEqual([T('corrected')])
  expect([others, await preview()]).toEqual([expect.any(Number), others])
})

it('a rotated secret signs at once, and the old one with it', async () => {
  const one = await hook()
  const rotated = (await one.ask('/rotate', { body: {} })).body
  expect(rotated).toMatchObject({
    id: one.id,
    secret: expect.stringMatching(/^whsec_/),
    previousSecretUntil: expect.any(String),
  })
  partner.trust(one.path, one.secret, rotated.secret)
  expect((await one.ask('/test', { body: {} })).body).toEqual({
    ok: true,
    at: expect.any(String),
    status: 204,
    ms: expect.any(Number),
  })
  expect(one.calls()).toMatchObject([
    { type: 'com.mymovies.webhook.test.v1', by: [one.secret, rotated.secret], signatures: 2 },
  ])
})

it('a failed call is repeated after five seconds, once; one that hangs, floods, breaks off or redirects holds up nobody', async () => {
  const [failing, hanging, flooding, cut, elsewhere, well] = [
    await hook(),
    await hook(),
    await hook(),
    await hook(),
    await hook(),
    await hook(),
  ]
  partner.behave(failing.path, { status: 503, times: 1 })
  partner.behave(hanging.path, { act: 'hang' })
  partner.behave(flooding.path, { act: 'flood', status: 500 })
  partner.behave(cut.path, { act: 'cut' })
  partner.behave(elsewhere.path, {
    status: 307,
    headers: { location: 'http://169.254.169.254/latest' },
  })
  await publish(critic)
  await expect.poll(well.told, SOON).toEqual([T('published')])
  await expect.poll(failing.told, SOON).toEqual([T('published')])
  expect(failing.calls()).toHaveLength(1)
  await expect
    .poll(async () => (await failing.sheet()).deliveries, SOON)
    .toMatchObject([{ state: 'accepted', attempts: 2, status: 204 }])
  for (const [one, reason] of [
    [flooding, /^answered 500: x+$/],
    [cut, /^no answer/],
    [elsewhere, /^answered 307: a redirect/],
    [hanging, /^no answer within 15 seconds/],
  ] as const) {
    await expect
      .poll(async () => (await one.sheet()).deliveries[0].reason, { timeout: 30_000 })
      .toMatch(reason)
    await expect.poll(one.sheet, SOON).toMatchObject({
      state: 'failing',
      failingSince: expect.any(String),
      waiting: 1,
      lastAnswer: { ok: false, said: expect.stringMatching(reason) },
    })
    expect((await one.ask('', { method: 'DELETE' })).status).toBe(204)
    expect((await one.ask()).status).toBe(404)
  }
  expect((await fetch(server.url)).status).toBe(200)
})

it('410 switches it off; after being switched on again, a replay sends what it missed, as its dry run shows', async () => {
  const one = await hook()
  partner.behave(one.path, { status: 410 })
  const missed = await publish(critic)
  await expect.poll(async () => (await one.sheet()).state, SOON).toBe('disabled')
  partner.behave(one.path)
  const whileOff = await publish(critic)
  // It is missed once the part has read it, and not before.
  const checkpoint = async () =>
    (await critic('/api/parts')).body.items.find(
      ({ name }: Record<string, unknown>) => name === 'webhooks',
    ).checkpoint
  await expect.poll(checkpoint, SOON).toBeGreaterThanOrEqual(whileOff.event.position)
  expect((await one.ask('/replay', { body: { from: missed.event.position } })).status).toBe(409)
  expect((await one.ask('', { method: 'PATCH', body: { enabled: true } })).body).toMatchObject({
    state: 'active',
  })

  const preview = (
    await one.ask('/replay', { body: { from: missed.event.position, dryRun: true } })
  ).body
  expect(
    preview.items.map(({ reviewId, type }: Record<string, string>) => [reviewId, type]),
  ).toEqual([
    [missed.id, 'ReviewPublished'],
    [whileOff.id, 'ReviewPublished'],
  ])
  expect(one.calls()).toEqual([])
  expect((await one.ask('/replay', { body: { from: missed.event.position } })).body).toEqual({
    planned: preview.count,
    alreadyUnderWay: 0,
    skipped: 0,
  })
  await expect
    .poll(() => partner.taken(one.path).map(call => call.id), SOON)
    .toEqual([missed.event.id, whileOff.event.id])

  // A partner that lost its data replays again, and gets the same ids.
  await expect.poll(async () => (await one.sheet()).waiting, SOON).toBe(0)
  expect((await one.ask('/replay', { body: { from: whileOff.event.position } })).body).toEqual({
    planned: 1,
    alreadyUnderWay: 0,
    skipped: 0,
  })
  await expect
    .poll(() => one.calls().map(call => [call.id, call.fresh]), SOON)
    .toEqual([
      [missed.event.id, true],
      [whileOff.event.id, true],
      [whileOff.event.id, false],
    ])
})

it('a new webhook gets events after its creation, or from a position if it says so', async () => {
  const first = await publish(critic)
  const late = await hook()
  const early = await hook({ shape: 'thin', from: first.event.position })
  const second = await publish(critic)
  await expect
    .poll(() => partner.taken(early.path).map(call => call.id), SOON)
    .toEqual([first.event.id, second.event.id])
  await expect
    .poll(() => partner.taken(late.path).map(call => call.id), SOON)
    .toEqual([second.event.id])
})

it('a server that dies after the partner accepted a call, before recording that, calls again with the same id', async () => {
  const one = await hook()
  partner.behave(one.path, { act: 'hang', keep: true, times: 1 })
  const { event } = await publish(critic)
  await expect.poll(() => one.calls().length, SOON).toBe(1)
  await server.kill()
  server = await start(server.port)
  await expect
    .poll(() => one.calls().map(call => [call.id, call.fresh]), { timeout: 30_000 })
    .toEqual([
      [event.id, true],
      [event.id, false],
    ])
  await expect
    .poll(async () => (await one.sheet()).deliveries[0], SOON)
    .toMatchObject({ state: 'accepted', status: 204 })
})

describe('the door', () => {
  const good = () => ({ url: `${partner.origin}/door`, shape: 'thin' })

  it.each<[string, object, string]>([
    ['no address', { url: undefined }, 'url'],
    ['words', { url: 'my server' }, 'url'],
    ['a file', { url: 'file:///etc/passwd' }, 'url'],
    ['no https', { url: 'http://example.com/hook' }, 'url'],
    ['a private address', { url: 'https://10.0.0.1/hook' }, 'url'],
    ['this machine', { url: 'https://localhost/hook' }, 'url'],
    ['metadata in another notation', { url: 'https://0xa9fea9fe/' }, 'url'],
    ['IPv6 loopback', { url: 'https://[::1]/' }, 'url'],
    ['a user and a password', { url: 'https://a:b@example.com/hook' }, 'url'],
    ['a port', { url: 'https://example.com:8443/hook' }, 'url'],
    ['a line break', { url: 'https://example.com/\nhook' }, 'url'],
    ['3,000 characters', { url: `https://example.com/${'a'.repeat(3000)}` }, 'url'],
    ['an unknown type', { types: ['com.mymovies.review.liked.v1'] }, 'types.0'],
    ['a type in short', { types: [T('published'), 'published'] }, 'types.1'],
    ['no type at all', { types: [] }, 'types'],
    ['types in one word', { types: T('published') }, 'types'],
    ['no shape', { shape: undefined }, 'shape'],
    ['another shape', { shape: 'round' }, 'shape'],
    ['pick without fields', { shape: 'pick' }, 'fields'],
    ['an empty pick', { shape: 'pick', fields: [] }, 'fields'],
    ['an unknown field', { shape: 'pick', fields: ['title', 'secret'] }, 'fields.1'],
    ['fields of a thin one', { fields: ['title'] }, 'fields'],
    ['an unknown genre', { wants: { genres: ['War', 'Giallo'] } }, 'wants.genres.1'],
    ['an unknown critic', { wants: { critics: ['nobody'] } }, 'wants.critics.0'],
    ['a third of a star', { wants: { minRating: 3.3 } }, 'wants.minRating'],
    ['a digest', { wants: { frequency: 'daily' } }, 'wants.frequency'],
    ['wants in one word', { wants: 'War' }, 'wants'],
    ['no review at all', { subject: [] }, 'subject'],
    ['half a review', { subject: ['r1', '../r2'] }, 'subject.1'],
    ['10,000 reviews', { subject: Array(10_000).fill(randomUUID()) }, 'subject'],
    ['a field inside one that has none', { shape: 'pick', fields: ['title.x'] }, 'fields.0'],
    ['a position beyond the head', { from: 1_000_000 }, 'from'],
    ['a negative position', { from: -1 }, 'from'],
    ['half a position', { from: 1.5 }, 'from'],
    ['a secret of its own', { secret: 'whsec_AAAA' }, 'secret'],
  ])('refuses %s and names the field', async (_, wrong, path) => {
    const { status, body } = await script('/api/webhooks', { body: { ...good(), ...wrong } })
    expect([status, body.errors?.map((error: { path: string }) => error.path)]).toEqual([
      422,
      [path],
    ])
  })

  it.each<[string, string, object, number]>([
    ['pick without fields', '', { shape: 'pick' }, 422],
    ['another address that is private', '', { url: 'https://192.168.1.1/' }, 422],
    ['a name', '', { name: 'ours' }, 422],
    ['a critic that nobody knows', '', { wants: { critics: ['nobody'] } }, 422],
    ['a replay of nothing', '/replay', {}, 422],
    ['a replay beyond the head', '/replay', { from: 1_000_000 }, 422],
    ['a replay of words', '/replay', { from: 'all' }, 422],
  ])('refuses %s', async (_, what, body, status) => {
    const one = await hook()
    expect((await one.ask(what, { method: what ? 'POST' : 'PATCH', body })).status).toBe(status)
    await one.ask('', { method: 'DELETE' })
  })

  it.each([
    ['GET', '', undefined],
    ['PATCH', '', {}],
    ['DELETE', '', undefined],
    ['POST', '/test', {}],
    ['POST', '/rotate', {}],
    ['POST', '/replay', { from: 1 }],
  ])('%s %s of one that is not there is 404', async (method, what, body) => {
    const { status } = await script(`/api/webhooks/nobody${what}`, { method, body })
    expect(status).toBe(404)
  })

  it('needs the scope webhooks', async () => {
    const stranger = caller(server.url)
    const other = await withToken(server.url, critic, ['reviews', 'parts'])
    const { id } = await hook()
    for (const [path, method] of [
      ['', 'GET'],
      ['', 'POST'],
      [`/${id}`, 'GET'],
      [`/${id}`, 'PATCH'],
      [`/${id}`, 'DELETE'],
      [`/${id}/test`, 'POST'],
      [`/${id}/rotate`, 'POST'],
      [`/${id}/replay`, 'POST'],
    ] as const) {
      const body = method === 'POST' || method === 'PATCH' ? {} : undefined
      expect([
        (await stranger(`/api/webhooks${path}`, { method, body })).status,
        (await other(`/api/webhooks${path}`, { method, body })).status,
      ]).toEqual([401, 403])
    }
  })

  it('shows the secret once: a repeat of the command, the list and the server log do not', async () => {
    const call = {
      body: { url: `${partner.origin}/once`, shape: 'thin' },
      headers: { 'idempotency-key': 'once' },
    }
    const first = await script('/api/webhooks', call)
    const again = await script('/api/webhooks', call)
    expect([first.status, again.status, again.body]).toEqual([201, 201, { id: first.body.id }])
    expect(
      (await script('/api/webhooks', { ...call, body: { ...call.body, shape: 'fat' } })).status,
    ).toBe(422)
    const list = await script('/api/webhooks?limit=500')
    expect(list.body.items.filter((item: { url: string }) => item.url.endsWith('/once'))).toEqual([
      expect.objectContaining({ id: first.body.id, state: 'active', types: null, shape: 'thin' }),
    ])
    expect(
      JSON.stringify([list.body, (await script(`/api/webhooks/${first.body.id}`)).body]),
    ).not.toMatch(/whsec_|secret"/)
    expect(server.output()).not.toMatch(/whsec_/)
  })
})
