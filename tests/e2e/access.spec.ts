/** Access to the built server: who gets in, with what, and what everybody else is told. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Caller,
  caller,
  cookieOf,
  makeOwner,
  OWNER,
  signIn,
  withToken,
} from '../support/account'
import { SETUP_TOKEN, startServer, type TestServer } from '../support/server'

let server: TestServer
let stranger: Caller
let owner: Caller
/** All requests come from one address; this makes each test a client of its own. */
const from = (address: string) => ({ 'x-forwarded-for': address })

beforeAll(async () => {
  server = await startServer({ env: { NUXT_TRUSTED_PROXIES: '127.0.0.1,::1' } })
  stranger = caller(server.url)
})
afterAll(() => server.kill())

describe('setting up', () => {
  const good = { token: SETUP_TOKEN, ...OWNER }

  it.each<[string, unknown, number, string | undefined]>([
    ['a wrong token', { ...good, token: 'guessed' }, 403, 'token'],
    ['an empty token', { ...good, token: '' }, 403, 'token'],
    ['no token', { ...good, token: undefined }, 422, 'token'],
    ['a token that is a number', { ...good, token: 7 }, 422, 'token'],
    ['no name', { ...good, name: ' ' }, 422, 'name'],
    ['a name of two lines', { ...good, name: 'Ines\r\nBcc: all' }, 422, 'name'],
    ['no address', { ...good, email: 'ines' }, 422, 'email'],
    [
      'an address with a line break',
      { ...good, email: 'ines@example.org\r\nBcc: x@example.org' },
      422,
      'email',
    ],
    ['a short password', { ...good, password: 'short' }, 422, 'password'],
    ['a password of 129 characters', { ...good, password: 'x'.repeat(129) }, 422, 'password'],
    ['malformed JSON', '{"token":', 400, undefined],
    ['a list', [good], 422, ''],
    ['300 kB', { ...good, name: 'x'.repeat(300_000) }, 413, undefined],
  ])('with %s is refused', async (what, body, status, path) => {
    const answer = await stranger('/api/setup', {
      body,
      headers: from(`198.51.100.${what.length}`),
    })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      status,
      'application/problem+json',
    ])
    expect(answer.body.errors?.[0].path).toBe(path)
    expect(JSON.stringify(answer.body)).not.toContain(SETUP_TOKEN)
    expect(answer.headers.getSetCookie()).toEqual([])
  })

  it('is refused from a page of another site', async () => {
    expect(
      (await stranger('/api/setup', { body: good, headers: { origin: 'https://evil.example' } }))
        .status,
    ).toBe(403)
    expect(
      (await stranger('/api/setup', { body: good, headers: { 'sec-fetch-site': 'cross-site' } }))
        .status,
    ).toBe(403)
  })

  it('cannot be guessed: 429 after 20 tries', async () => {
    const tries = await Promise.all(
      Array.from({ length: 25 }, () =>
        stranger('/api/setup', { body: { ...good, token: 'guess' }, headers: from('203.0.113.9') }),
      ),
    )
    expect(tries.map(answer => answer.status).sort()).toEqual([
      ...Array<number>(20).fill(403),
      ...Array<number>(5).fill(429),
    ])
    const told = tries.find(answer => answer.status === 429)!
    expect(Number(told.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it('prints its link, creates an owner who is signed in, and works once', async () => {
    expect(server.output()).toContain(`${server.url}/setup?token=${SETUP_TOKEN}`)
    owner = await makeOwner(server.url)
    expect((await owner('/api/me')).body).toMatchObject({
      name: OWNER.name,
      email: OWNER.email,
      role: 'owner',
      kind: 'session',
    })
    expect((await stranger('/api/setup', { body: good })).status).toBe(409)
  })
})

describe('a session', () => {
  it('is a cookie that no script can read', async () => {
    const answer = await stranger('/api/auth/sign-in/email', { body: OWNER })
    expect(answer.status).toBe(200)
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^mm\.session_token=.*HttpOnly.*SameSite=Lax/),
    ])
    expect(answer.body).toEqual({ signedIn: true })
  })

  it.each<[string, (cookie: string) => string]>([
    ['made up', () => 'mm.session_token=abc.def'],
    ['with another signature', cookie => `${cookie.slice(0, -6)}AAA%3D`],
    ['with another token', cookie => cookie.replace(/=./, '=~')],
    ['without a signature', cookie => cookie.split('.').slice(0, 2).join('.')],
    ['empty', () => 'mm.session_token='],
    ['broken', () => 'mm.session_token=%E0%A4%A'],
  ])('that is %s opens nothing', async (_, forge) => {
    const cookie = forge(cookieOf(await stranger('/api/auth/sign-in/email', { body: OWNER })))
    expect((await stranger('/api/me', { headers: { cookie } })).status).toBe(401)
  })

  it('ends for good on sign-out', async () => {
    const session = await signIn(server.url, OWNER)
    expect((await session('/api/auth/sign-out', { method: 'POST' })).status).toBe(204)
    expect((await session('/api/me')).status).toBe(401)
  })

  it.each<[string, Record<string, string>, number]>([
    ['from a page of ours', { origin: 'same' }, 201],
    ['that says same-origin', { 'sec-fetch-site': 'same-origin' }, 201],
    ['from another site', { origin: 'https://evil.example' }, 403],
    ['from a sandbox', { origin: 'null' }, 403],
    ['from a sister site', { 'sec-fetch-site': 'same-site' }, 403],
    [
      'that says two things',
      { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
      403,
    ],
    ['that says nothing', {}, 403],
  ])('writes %s', async (_, { origin, ...headers }, status) => {
    const cookie = cookieOf(
      await stranger('/api/auth/sign-in/email', { body: OWNER, headers: from('198.51.100.200') }),
    )
    const answer = await stranger('/api/tokens', {
      body: { name: 'x', scopes: ['reviews'] },
      headers: {
        cookie,
        ...headers,
        ...(origin && { origin: origin === 'same' ? server.url : origin }),
      },
    })
    expect(answer.status).toBe(status)
  })

  it('does not reveal whether an address is known, and stops guessing', async () => {
    const wrong = (email: string) =>
      stranger('/api/auth/sign-in/email', {
        body: { email, password: 'guessed it' },
        headers: from('203.0.113.77'),
      })
    const [known, unknown] = [await wrong(OWNER.email), await wrong('nobody@example.org')]
    expect([known.status, known.body]).toEqual([401, unknown.body])
    const more = await Promise.all(Array.from({ length: 22 }, () => wrong(OWNER.email)))
    expect(more.filter(answer => answer.status === 401)).toHaveLength(18)
    expect(more.filter(answer => answer.status === 429)).toHaveLength(4)
  })
})

describe('unused routes of better-auth', () => {
  it.each([
    'sign-up/email',
    'get-session',
    'list-sessions',
    'change-password',
    'forget-password',
    'update-user',
    'delete-user',
    'ok',
    'error',
    'sign-in/social',
  ])('%s is not there', async route => {
    expect((await stranger(`/api/auth/${route}`)).status).toBe(404)
    expect((await stranger(`/api/auth/${route}`, { body: {} })).status).toBe(404)
  })
})

it('the query route of Nuxt Content is closed, and its pages still work', async () => {
  const query = await stranger('/__nuxt_content/pages/query', {
    body: { sql: 'SELECT "path" FROM _content_pages ORDER BY "path" ASC' },
  })
  expect(query.status).toBe(404)
  expect((await stranger('/about', { headers: { accept: 'text/html' } })).status).toBe(200)
})

describe('a token', () => {
  it.each<[string, object, string]>([
    ['no name', { scopes: ['reviews'] }, 'name'],
    ['an unknown scope', { name: 'x', scopes: ['everything'] }, 'scopes.0'],
    ['no scope', { name: 'x', scopes: [] }, 'scopes'],
  ])('with %s is not made', async (_, body, path) => {
    const answer = await owner('/api/tokens', { body })
    expect([answer.status, answer.body.errors[0].path]).toEqual([422, path])
  })

  it('is shown once, listed without its secret, and needs no origin', async () => {
    const call = {
      body: { name: 'import', scopes: ['reviews', 'readers'] },
      headers: { 'idempotency-key': 'the-import' },
    }
    const made = await owner('/api/tokens', call)
    expect([made.status, made.body]).toEqual([
      201,
      { id: expect.any(String), token: expect.stringMatching(/^mm_/) },
    ])
    expect((await owner('/api/tokens', call)).body).toEqual({ id: made.body.id })

    const script = caller(server.url, { authorization: `Bearer ${made.body.token}` })
    expect((await script('/api/me')).body).toMatchObject({
      name: OWNER.name,
      kind: 'token',
      scopes: ['reviews', 'readers'],
    })
    const listed = (await owner('/api/tokens')).body.items.find(
      (token: { id: string }) => token.id === made.body.id,
    )
    expect(listed).toEqual({
      id: made.body.id,
      name: 'import',
      scopes: ['reviews', 'readers'],
      createdAt: expect.any(String),
      usedAt: expect.any(String),
      expiresAt: null,
      owner: { id: expect.any(String), name: OWNER.name },
    })

    expect((await owner(`/api/tokens/${made.body.id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await script('/api/me')).status).toBe(401)
    expect((await owner(`/api/tokens/${made.body.id}`, { method: 'DELETE' })).status).toBe(404)
  })

  it('cannot create tokens or people', async () => {
    const script = await withToken(server.url, owner, [
      'reviews',
      'readers',
      'webhooks',
      'parts',
      'metrics',
    ])
    expect(
      (await script('/api/tokens', { body: { name: 'more', scopes: ['reviews'] } })).status,
    ).toBe(403)
    expect((await script('/api/people')).status).toBe(403)
  })

  it.each([
    'Bearer mm_guessed',
    'Bearer',
    'Basic aW5lczp4',
    `Bearer mm_${'x'.repeat(43)}`,
    `Bearer ${'x'.repeat(8000)}`,
  ])('like %s is nobody', async authorization => {
    const answer = await stranger('/api/me', { headers: { authorization } })
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
  })
})

describe('roles', () => {
  const zoe = { name: 'Zoë', email: 'zoe@example.org', password: 'projector light', role: 'critic' }
  const max = { name: 'Max', email: 'max@example.org', password: 'celluloid burns', role: 'editor' }

  it('an owner adds an editor and a critic, each with the rights of the role', async () => {
    expect((await owner('/api/people', { body: zoe })).status).toBe(201)
    expect((await owner('/api/people', { body: max })).body).toMatchObject({ role: 'editor' })
    expect((await owner('/api/people', { body: zoe })).status).toBe(409)
    const critic = await signIn(server.url, zoe)
    const editor = await signIn(server.url, max)
    expect((await critic('/api/people')).status).toBe(403)
    expect((await critic('/api/tokens', { body: { name: 'x', scopes: ['readers'] } })).status).toBe(
      403,
    )
    expect((await critic('/api/tokens', { body: { name: 'x', scopes: ['reviews'] } })).status).toBe(
      201,
    )
    expect(
      (await editor('/api/people')).body.items.map((person: { role: string }) => person.role),
    ).toEqual(['owner', 'critic', 'editor'])
    expect(
      (await editor('/api/people', { body: { ...zoe, email: 'new@example.org', role: 'owner' } }))
        .body.errors,
    ).toMatchObject([{ path: 'role' }])
    expect((await stranger('/api/people')).status).toBe(401)
  })

  it('and passwords are changed by owners and editors; people change their own password', async () => {
    const people = (await owner('/api/people')).body.items as { id: string; role: string }[]
    const id = (role: string) => people.find(person => person.role === role)!.id
    const change = (by: Caller, role: string, body: object) =>
      by(`/api/people/${id(role)}`, { method: 'PATCH', body })
    const critic = await signIn(server.url, zoe)
    const editor = await signIn(server.url, max)
    const refusals: [Caller, string, object, number, string?][] = [
      [critic, 'critic', { role: 'owner' }, 403],
      [editor, 'owner', { role: 'critic' }, 403],
      [editor, 'editor', { role: 'owner' }, 403],
      [editor, 'critic', { role: 'owner' }, 422, 'role'],
      [owner, 'owner', { role: 'critic' }, 409],
      [owner, 'owner', { password: 'another password' }, 422, 'password'],
      [owner, 'critic', { password: 'short' }, 422, 'password'],
      [owner, 'critic', { role: 'king' }, 422, 'role'],
      [owner, 'critic', { name: 'X' }, 422, 'name'],
    ]
    for (const [by, role, body, status, path] of refusals) {
      const answer = await change(by, role, body)
      expect([body, answer.status, answer.body.errors?.[0].path]).toEqual([body, status, path])
    }
    expect((await critic('/api/me')).status).toBe(200)
    expect((await change(editor, 'critic', { password: 'given by an editor' })).status).toBe(200)
    expect((await critic('/api/me')).status).toBe(401)
    const again = await signIn(server.url, { ...zoe, password: 'given by an editor' })
    const elsewhere = await signIn(server.url, { ...zoe, password: 'given by an editor' })
    expect(
      (
        await again('/api/me/password', {
          body: { current: 'wrong', password: 'chosen by herself' },
        })
      ).body.errors,
    ).toMatchObject([{ path: 'current' }])
    const changed = await again('/api/me/password', {
      body: { current: 'given by an editor', password: zoe.password },
    })
    expect([
      changed.status,
      changed.headers.getSetCookie().length,
      (await elsewhere('/api/me')).status,
    ]).toEqual([204, 1, 401])
    await signIn(server.url, zoe)
  })

  it('the last owner cannot be removed, everybody else can, at once', async () => {
    const people = (await owner('/api/people')).body.items as { id: string; role: string }[]
    const id = (role: string) => people.find(person => person.role === role)!.id
    const critic = await signIn(server.url, zoe)
    const editor = await signIn(server.url, max)
    expect((await editor(`/api/people/${id('owner')}`, { method: 'DELETE' })).status).toBe(403)
    expect((await owner(`/api/people/${id('owner')}`, { method: 'DELETE' })).status).toBe(409)
    expect((await editor(`/api/people/${id('critic')}`, { method: 'DELETE' })).status).toBe(204)
    expect((await critic('/api/me')).status).toBe(401)
    expect((await owner('/api/people/nobody', { method: 'DELETE' })).status).toBe(404)
  })
})

it('a locked database gives 503 with Retry-After, reading continues, and it recovers by itself', async () => {
  const script = await withToken(server.url, owner, ['reviews'])
  const lock = new DatabaseSync(join(server.dataDir, 'app.sqlite'))
  lock.exec('BEGIN IMMEDIATE')
  const call = {
    body: { name: 'patience', scopes: ['reviews'] },
    headers: { 'idempotency-key': 'patience' },
  }
  const [written, read] = await Promise.all([owner('/api/tokens', call), script('/api/me')])
  expect([written.status, Number(written.headers.get('retry-after')) > 0, read.status]).toEqual([
    503,
    true,
    200,
  ])
  lock.exec('ROLLBACK')
  lock.close()
  expect((await owner('/api/tokens', call)).status).toBe(201)
})

describe('every answer', () => {
  it.each<[string, string, number, string | null]>([
    ['GET', '/api/nowhere', 404, null],
    ['DELETE', '/api/setup', 405, 'GET, HEAD, POST'],
    ['PUT', '/api/tokens', 405, 'GET, HEAD, POST'],
    ['POST', '/', 405, 'GET, HEAD'],
  ])('%s %s is %i with what would work', async (method, path, status, allow) => {
    const answer = await stranger(path, { method })
    expect([answer.status, answer.headers.get('allow'), answer.body.status]).toEqual([
      status,
      allow,
      status,
    ])
  })

  it('to HEAD has the headers of GET', async () => {
    const answer = await owner('/api/me', { method: 'HEAD' })
    expect([answer.status, answer.body]).toEqual([200, ''])
  })

  it('for a particular person is not cached', async () => {
    expect((await owner('/api/me')).headers.get('cache-control')).toBe('private, no-store')
  })

  it.each(['/', '/api/me', '/api/nowhere', '/sign-in', '/nowhere'])(
    '%s comes with security headers',
    async path => {
      const { headers } = await stranger(path, { headers: { accept: 'text/html' } })
      expect(headers.get('content-security-policy')).toMatch(
        /default-src 'self'.*frame-ancestors 'none'/,
      )
      expect(headers.get('content-security-policy')).not.toMatch(/script-src[^;]*unsafe/)
      expect([
        headers.get('x-content-type-options'),
        headers.get('strict-transport-security'),
        headers.get('x-powered-by'),
      ]).toEqual(['nosniff', null, null])
    },
  )

  it.each([
    ['/theme.js', 200, false],
    ['/front-page.js', 200, false],
    ['/live.js', 200, true],
    ['/sw.js', 200, true],
    ['/icon.svg', 200, true],
    ['/nothing.js', 404, true],
    ['/_nuxt/nothing.css', 404, true],
  ])(
    '%s answers %i; the policy comes with it if it is a document or a worker: %s',
    async (path, status, policy) => {
      const answer = await stranger(path)
      expect([
        answer.status,
        answer.headers.has('content-security-policy'),
        answer.headers.has('permissions-policy'),
        answer.headers.get('x-content-type-options'),
      ]).toEqual([status, policy, policy, 'nosniff'])
    },
  )

  it('that is a public page runs no inline script and may be cached; a desk page may not', async () => {
    const home = await stranger('/', { headers: { accept: 'text/html' } })
    const desk = await stranger('/sign-in', { headers: { accept: 'text/html' } })
    expect(home.headers.get('content-security-policy')).toContain(`script-src 'self';`)
    expect(home.body).not.toMatch(/<script(?![^>]*\ssrc=)(?![^>]*json)/)
    expect(desk.headers.get('cache-control')).toContain('no-store')
  })
})
