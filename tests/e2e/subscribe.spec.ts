/** Subscriptions over HTTP: email, push, imports, and answers to bad input. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { subscription } from '../readers/subscription'
import { type Caller, caller, makeOwner, withToken } from '../support/account'
import { lettersTo, letterTo, tokenIn } from '../support/letters'
import { publish } from '../support/publish'
import { startServer, type TestServer } from '../support/server'

let server: TestServer
let ask: Caller
let script: Caller
let client = 0
/** All requests come from one address; this makes each call a client of its own. */
const fresh = () => ({ 'x-forwarded-for': `203.0.113.${++client % 250}` })

beforeAll(async () => {
  server = await startServer({
    env: { NUXT_TRUSTED_PROXIES: '127.0.0.1,::1', NUXT_ALLOW_TARGETS: 'push:push.example:443' },
  })
  ask = caller(server.url)
  script = await withToken(server.url, await makeOwner(server.url), ['readers', 'reviews'])
})
afterAll(() => server.kill())

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const subscribe = (email: string, wants?: object) =>
  ask('/api/subscriptions/email', { body: { email, wants }, headers: fresh() })
const confirm = (token: string) => ask('/api/subscriptions/email/confirm', { body: { token } })
async function join(email: string, wants?: object): Promise<string> {
  const before = (await lettersTo(server.dataDir, email)).length
  await subscribe(email, wants)
  const { body } = await confirm(
    tokenIn(await letterTo(server.dataDir, email, before + 1), 'confirm'),
  )
  return body.manageToken
}
const importLines = (lines: string, type = 'text/csv') =>
  script('/api/readers/import', { body: lines, headers: { 'content-type': type } })
describe('by email', () => {
  it('needs a confirmation by email', async () => {
    const wants = {
      genres: ['Thriller'],
      minRating: 3,
      frequency: 'weekly',
      timeZone: 'Europe/Vienna',
    }
    expect((await subscribe('ines@example.org', wants)).status).toBe(202)
    const letter = await letterTo(server.dataDir, 'ines@example.org')
    const token = tokenIn(letter, 'confirm')
    expect(letter.text!.replace(/\s+/g, ' ')).toContain('each thriller that we rate 3 or more')
    expect((await ask(`/subscribe/confirm?token=${token}`)).body).toMatch(
      />\s*Confirm\s*<\/button>/,
    )

    const first = await confirm(token)
    const second = await confirm(token)
    expect([first.status, second.body]).toEqual([200, first.body])
    const me = await ask('/api/subscriptions/email/me', { headers: bearer(first.body.manageToken) })
    expect(me.body).toEqual({
      email: 'ines@example.org',
      wants,
      confirmedAt: expect.stringMatching(/^2.*Z$/),
    })
    expect(me.headers.get('cache-control')).toContain('no-store')
  })

  it('answers every address alike, and sends at most five emails a day', async () => {
    await join('known@example.org')
    const answers = await Promise.all(
      ['known@example.org', 'unknown@example.org'].map(email => subscribe(email)),
    )
    expect(answers[0]!.body).toEqual(answers[1]!.body)
    for (let letters = 1; letters <= 5; letters++) {
      await letterTo(server.dataDir, 'unknown@example.org', letters)
      expect((await subscribe('unknown@example.org', { minRating: letters / 2 })).status).toBe(202)
    }
    await join('witness@example.org')
    expect(await lettersTo(server.dataDir, 'unknown@example.org')).toHaveLength(5)
  })

  it('the manage token changes wants and erases everything; an import does not bring it back', async () => {
    const token = await join('tom@example.org')
    expect(
      (
        await ask('/api/subscriptions/email/me', {
          method: 'PATCH',
          body: { wants: { minRating: 4 } },
          headers: bearer(token),
        })
      ).body,
    ).toEqual({ email: 'tom@example.org', wants: { minRating: 4 } })
    expect(
      (await ask('/api/subscriptions/email/me', { method: 'DELETE', headers: bearer(token) }))
        .status,
    ).toBe(204)
    expect((await ask('/api/subscriptions/email/me', { headers: bearer(token) })).status).toBe(401)
    expect(
      (await importLines('email,name,subscribed_at\nTom@example.org,Tom,2026-01-01')).body,
    ).toMatchObject({ imported: 0, skipped: [{ line: 2, reason: 'asked to be erased here' }] })
    expect(await join('tom@example.org')).not.toBe(token)
  })

  it('ends with one click in a mail client, from anywhere and without a login', async () => {
    await importLines('email,subscribed_at\nclick@example.org,2026-03-03')
    await publish(script)
    const letter = await letterTo(server.dataDir, 'click@example.org')
    const address = new URL(
      /<(.+)>/.exec(letter.headerLines.find(({ key }) => key === 'list-unsubscribe')!.line)![1]!,
    )
    expect(tokenIn(letter, 'unsubscribe')).toBe(address.searchParams.get('token'))
    const page = await fetch(address)
    expect([page.redirected, await page.text()]).toEqual([
      false,
      expect.stringMatching(/>\s*Unsubscribe\s*<\/button>/),
    ])

    const click = () =>
      fetch(address, {
        method: 'POST',
        redirect: 'error',
        body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
        headers: { origin: 'https://mail.example', 'sec-fetch-site': 'cross-site' },
      })
    const first = await click()
    expect([first.status, first.headers.getSetCookie(), (await click()).status]).toEqual([
      200,
      [],
      200,
    ])
    expect(
      (await importLines('email,subscribed_at\nclick@example.org,2026-03-03')).body.skipped[0]
        .reason,
    ).toBe('unsubscribed here')
    await importLines('email,subscribed_at\nneighbour@example.org,2026-03-03')
    await publish(script)
    await letterTo(server.dataDir, 'neighbour@example.org')
    // Not even their remaining data.
    expect(await lettersTo(server.dataDir, 'click@example.org')).toEqual([])
  })

  it.each<[string, unknown, number, string | undefined]>([
    ['no address', {}, 422, 'email'],
    ['an address without a domain', { email: 'ines@' }, 422, 'email'],
    ['a second header', { email: 'ines@example.org\r\nBcc: evil@example.org' }, 422, 'email'],
    ['a second recipient', { email: 'ines@example.org,evil@example.org' }, 422, 'email'],
    ['an address that is a list', { email: ['ines@example.org'] }, 422, 'email'],
    [
      'unknown wants',
      { email: 'ines@example.org', wants: { genre: ['Thriller'] } },
      422,
      'wants.genre',
    ],
    [
      'a rating in thirds',
      { email: 'ines@example.org', wants: { minRating: 3.3 } },
      422,
      'wants.minRating',
    ],
    [
      'an unknown zone',
      { email: 'ines@example.org', wants: { timeZone: 'Moon/Tranquility' } },
      422,
      'wants.timeZone',
    ],
    ['malformed JSON', '{"email":', 400, undefined],
    ['300 kB', { email: 'x'.repeat(300_000) }, 413, undefined],
  ])('%s is refused', async (_, body, status, path) => {
    const answer = await ask('/api/subscriptions/email', { body, headers: fresh() })
    expect([
      answer.status,
      answer.headers.get('content-type'),
      answer.body.errors?.[0].path,
    ]).toEqual([status, 'application/problem+json', path])
  })

  it.each([
    ['', 422],
    ['forged', 422],
    [
      '01a20a2d-7880-76d7-9c14-8f497ea9f52c.1795467081853.lRUJTA8NL6j5-VCVsILPje1PdQbgkXz2dQUl6iOy4gM',
      422,
    ],
    [undefined, 422],
  ])('a forged confirmation is refused: %s', async (token, status) => {
    const answer = await ask('/api/subscriptions/email/confirm', { body: { token } })
    expect([answer.status, answer.body.errors[0].path]).toEqual([status, 'token'])
  })

  it.each([undefined, 'Bearer', 'Bearer forged', 'Bearer a.b', 'Basic a:b'])(
    'a forged manage token is refused: %s',
    async authorization => {
      for (const method of ['GET', 'PATCH', 'DELETE'])
        expect(
          (
            await ask('/api/subscriptions/email/me', {
              method,
              headers: { ...(authorization && { authorization }) },
            })
          ).status,
        ).toBe(401)
    },
  )

  it('limits one client to 100 requests', async () => {
    const headers = { 'x-forwarded-for': '198.51.100.7' }
    const answers = await Promise.all(
      Array.from({ length: 101 }, () =>
        ask('/api/subscriptions/email', { body: { email: 'ines@' }, headers }),
      ),
    )
    const slow = answers.filter(({ status }) => status === 429)
    expect([slow.length, Number(slow[0]?.headers.get('retry-after'))]).toEqual([
      1,
      expect.any(Number),
    ])
  })
})

describe('by push', () => {
  const push = (body: unknown) => ask('/api/subscriptions/push', { body, headers: fresh() })

  it('gives the key, registers a browser, recognises it, and lets nobody else take its place', async () => {
    expect(Buffer.from((await ask('/api/push/key')).body.publicKey, 'base64url')).toHaveLength(65)
    const first = await push({ subscription: subscription('a'), wants: { minRating: 3 } })
    const again = await push({ subscription: subscription('a'), wants: { minRating: 4 } })
    expect([first.status, again.status]).toEqual([201, 200])
    expect(again.body).toEqual({ ...first.body, wants: { minRating: 4 } })
    expect((await push({ subscription: subscription('a', 'thief') })).status).toBe(409)

    const mine = `/api/subscriptions/push/${first.body.id}`
    const headers = bearer(first.body.manageToken)
    expect(
      (await ask(mine, { method: 'PATCH', body: { wants: { genres: ['Drama'] } }, headers })).body,
    ).toEqual({ id: first.body.id, wants: { genres: ['Drama'] } })
    const other = await push({ subscription: subscription('b') })
    expect(
      (await ask(mine, { method: 'DELETE', headers: bearer(other.body.manageToken) })).status,
    ).toBe(401)
    expect((await ask(mine, { method: 'DELETE', headers })).status).toBe(204)
    expect((await ask(mine, { method: 'DELETE', headers })).status).toBe(401)
    expect((await push({ subscription: subscription('a', 'thief') })).status).toBe(201)
  })

  it.each<[string, object, string]>([
    ['a private address', { endpoint: 'https://192.168.1.1/push' }, 'subscription.endpoint'],
    ['this machine', { endpoint: 'https://localhost/push' }, 'subscription.endpoint'],
    [
      'an unknown push service',
      { endpoint: 'https://evil.example.org/push' },
      'subscription.endpoint',
    ],
    ['http', { endpoint: 'http://fcm.googleapis.com/x' }, 'subscription.endpoint'],
    ['a file', { endpoint: 'file:///etc/passwd' }, 'subscription.endpoint'],
    ['a password', { endpoint: 'https://a:b@fcm.googleapis.com/x' }, 'subscription.endpoint'],
    [
      'a short secret',
      { keys: { ...subscription('x').keys, auth: 'AAAA' } },
      'subscription.keys.auth',
    ],
    [
      'a key off the curve',
      { keys: { ...subscription('x').keys, p256dh: Buffer.alloc(65, 4).toString('base64url') } },
      'subscription.keys.p256dh',
    ],
  ])('%s is refused', async (_, wrong, path) => {
    const answer = await push({ subscription: { ...subscription('x'), ...wrong } })
    expect([answer.status, answer.body.errors?.[0].path]).toEqual([422, path])
  })
})

describe('an import', () => {
  it('accepts 20,000 streamed lines, 3 of them bad, and sends no email', async () => {
    const lines = Array.from(
      { length: 20_000 },
      (_, i) => `many${i}@example.org,"Many, ${i}",2026-03-03`,
    )
    for (const bad of [5, 10_000, 19_999]) lines[bad] = `many${bad}@,Nobody,2026-03-03`
    const { status, body } = await importLines(
      ['\uFEFFemail,name,subscribed_at', ...lines].join('\r\n'),
    )
    expect([status, body]).toMatchObject([
      200,
      {
        imported: 19_997,
        skippedTotal: 3,
        skipped: [7, 10_002, 20_001].map(line => ({
          line,
          reason: 'email must have something after the @',
        })),
      },
    ])
    expect(await lettersTo(server.dataDir, 'many0@example.org')).toEqual([])
  })

  it('accepts NDJSON of both kinds', async () => {
    const { body } = await importLines(
      [
        { email: 'nd@example.org', confirmedAt: '2026-03-03' },
        { subscription: subscription('nd') },
        { subscription: { ...subscription('nd2'), endpoint: 'https://10.0.0.1/' } },
      ]
        .map(line => JSON.stringify(line))
        .join('\n'),
      'application/x-ndjson',
    )
    expect(body).toMatchObject({
      imported: 2,
      skipped: [{ line: 3, reason: 'subscription.endpoint leads to a private address' }],
    })
  })

  it('needs the scope', async () => {
    expect(
      (
        await ask('/api/readers/import', {
          body: 'email\n',
          headers: { 'content-type': 'text/csv' },
        })
      ).status,
    ).toBe(401)
  })
})
