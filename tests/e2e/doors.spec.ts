/** The doors of the built server: guessing, limits per visitor, sessions, tokens, the security log, cookies and forms. */
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
let owner: Caller
let stranger: Caller
const from = (address: string) => ({ 'x-forwarded-for': address })
const password = 'nine rows from the back'
/** Signs in from where Vera always does, so that no brake counts. */
async function atHome(who: { email: string; password: string }): Promise<Caller> {
  const answer = await stranger('/api/auth/sign-in/email', {
    body: who,
    headers: from('192.0.2.50'),
  })
  return caller(server.url, { cookie: cookieOf(answer), origin: server.url })
}

beforeAll(async () => {
  server = await startServer({ env: { NUXT_TRUSTED_PROXIES: '127.0.0.1,::1' } })
  stranger = caller(server.url)
})
afterAll(() => server?.kill())

/** A table of app.sqlite, changed as no page could. */
function change(statement: string, ...values: string[]) {
  const app = new DatabaseSync(join(server.dataDir, 'app.sqlite'), { timeout: 5000 })
  app.prepare(statement).run(...values)
  app.close()
}

describe('setup', () => {
  it('is not closed by the visits of strangers, with or without script', async () => {
    for (let i = 0; i < 25; i++)
      await stranger('/setup?token=guess', { headers: from(`198.51.100.${i}`) })
    const page = await stranger(`/setup?token=${SETUP_TOKEN}`, { headers: from('203.0.113.5') })
    expect(page.body).toContain('Create account')
  })

  it('counts the guesses of one visitor, in the page too', async () => {
    const visit = (token: string) =>
      stranger(`/setup?token=${token}`, { headers: from('203.0.113.9') })
    for (let i = 0; i < 20; i++) expect((await visit('guess')).body).toContain('not valid')
    expect((await visit('guess')).body).toContain('Too many attempts')
    expect((await visit(SETUP_TOKEN)).body).toContain('Create account')
  })

  it('puts nothing that was typed into an address, and refuses a password that all try first', async () => {
    const answer = await fetch(`${server.url}/setup`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ token: SETUP_TOKEN, ...OWNER, password: 'MyMovies2026' }),
    })
    const page = await answer.text()
    expect([answer.status, answer.headers.get('location')]).toEqual([422, null])
    expect(answer.headers.get('cache-control')).toContain('no-store')
    expect(page).toContain('Must not be made of the name')
    expect(page).toContain(OWNER.email)
    expect(page).not.toContain('MyMovies2026')
    owner = await makeOwner(server.url)
  })
})

describe('guessing one account from many addresses', () => {
  const guess = (address: string, email: string, typed = 'guessed it wrong') =>
    stranger('/api/auth/sign-in/email', {
      body: { email, password: typed },
      headers: from(address),
    })

  it('is slowed down, and its owner still gets in from a known network', async () => {
    const victim = { name: 'Vera', email: 'vera@example.org', password, role: 'critic' }
    expect((await owner('/api/people', { body: victim })).status).toBe(201)
    expect((await guess('192.0.2.50', victim.email, password)).status).toBe(200)
    const tries = await Promise.all(
      Array.from({ length: 80 }, (_, i) => guess(`10.0.${i}.1`, victim.email)),
    )
    expect(tries.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(20)
    expect((await guess('10.0.0.1', victim.email)).status).toBe(429)
    expect((await guess('192.0.2.50', victim.email, password)).status).toBe(200)
    expect((await guess('10.0.0.1', OWNER.email, OWNER.password)).status).toBe(200)
  })

  it('does not tell whether there is such an account', async () => {
    const tries = await Promise.all(
      Array.from({ length: 80 }, (_, i) => guess(`10.1.${i}.1`, 'nobody@example.org')),
    )
    expect(tries.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(20)
  })

  it('counts an IPv6 network of a provider as one customer', async () => {
    const tries = []
    for (let i = 0; i < 120; i++)
      tries.push((await guess(`2001:db8:7:${i.toString(16)}::1`, `nobody-${i}@example.org`)).status)
    expect(tries.filter(status => status === 429)).toHaveLength(20)
    expect((await guess('2001:db8:8::1', 'other@example.org')).status).toBe(401)
  })
})

describe('passwords', () => {
  it.each(['password', 'iloveyou1', 'mymovies', 'IOkafor!'])(
    '%j is refused everywhere',
    async weak => {
      const person = { name: 'I Okafor', email: 'i@example.org', password: weak, role: 'critic' }
      expect((await owner('/api/people', { body: person })).body.errors).toMatchObject([
        { path: 'password' },
      ])
    },
  )
})

describe('sessions', () => {
  it('are listed, and each can be ended, by its own person only', async () => {
    const [here, there] = [await signIn(server.url, OWNER), await signIn(server.url, OWNER)]
    const { items } = (await here('/api/me/sessions')).body
    const current = items.filter((session: { current: boolean }) => session.current)
    expect(current).toHaveLength(1)
    const other = (await there('/api/me/sessions')).body.items.find(
      (session: { current: boolean }) => session.current,
    )
    expect(other.id).not.toBe(current[0].id)
    const vera = await atHome({ email: 'vera@example.org', password })
    const path = `/api/me/sessions/${other.id}`
    expect((await vera(path, { method: 'DELETE' })).status).toBe(404)
    expect((await here(path, { method: 'DELETE' })).status).toBe(204)
    expect([(await there('/api/me')).status, (await here('/api/me')).status]).toEqual([401, 200])
  })

  it('end after a year, however often they were used', async () => {
    const old = await signIn(server.url, OWNER)
    const { items } = (await old('/api/me/sessions')).body
    const { id } = items.find((session: { current: boolean }) => session.current)
    const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString()
    change('UPDATE sessions SET createdAt = ? WHERE id = ?', ago(364), id)
    expect((await old('/api/me')).status).toBe(200)
    change('UPDATE sessions SET createdAt = ? WHERE id = ?', ago(365.01), id)
    expect((await old('/api/me')).status).toBe(401)
  })

  it.each<[string, Record<string, string>]>([
    ['says nothing', {}],
    ['has a token as well', { authorization: 'Bearer mm_nothing' }],
    ['comes from another site', { origin: 'https://evil.example' }],
  ])('are not ended by a request that %s', async (_, headers) => {
    const cookie = cookieOf(await stranger('/api/auth/sign-in/email', { body: OWNER }))
    const out = await stranger('/api/auth/sign-out', {
      method: 'POST',
      headers: { cookie, ...headers },
    })
    expect(out.status).toBe(403)
    expect((await stranger('/api/me', { headers: { cookie } })).status).toBe(200)
  })
})

describe('tokens', () => {
  const editor = { name: 'Max', email: 'max@example.org', password, role: 'editor' }

  it('are seen and revoked by their maker and by owners, and end when they should', async () => {
    await owner('/api/people', { body: editor })
    const max = await signIn(server.url, editor)
    const soon = new Date(Date.now() + 1500).toISOString()
    const made = await max('/api/tokens', {
      body: { name: 'nightly', scopes: ['parts'], expiresAt: soon },
    })
    const script = caller(server.url, { authorization: `Bearer ${made.body.token}` })
    expect((await script('/api/parts')).status).toBe(200)
    const vera = await atHome({ email: 'vera@example.org', password })
    expect((await vera('/api/tokens')).body.items).toEqual([])
    expect((await vera(`/api/tokens/${made.body.id}`, { method: 'DELETE' })).status).toBe(404)
    expect((await owner('/api/tokens')).body.items).toContainEqual(
      expect.objectContaining({ name: 'nightly', owner: { id: expect.any(String), name: 'Max' } }),
    )
    await expect.poll(async () => (await script('/api/parts')).status, { timeout: 5000 }).toBe(401)
    expect((await owner(`/api/tokens/${made.body.id}`, { method: 'DELETE' })).status).toBe(204)
  })

  it.each([
    ['in the past', '2020-01-01T00:00:00Z'],
    ['not a time', 'soon'],
  ])('cannot have an end that is %s', async (_, expiresAt) => {
    const answer = await owner('/api/tokens', {
      body: { name: 'x', scopes: ['parts'], expiresAt },
    })
    expect([answer.status, answer.body.errors[0].path]).toEqual([422, 'expiresAt'])
  })

  it('are revoked when somebody sets their maker a new password', async () => {
    const max = await signIn(server.url, editor)
    const script = await withToken(server.url, max, ['parts'])
    const { id } = (await max('/api/me')).body
    const reset = { method: 'PATCH', body: { password: 'ten rows from the back', role: 'critic' } }
    expect((await owner(`/api/people/${id}`, reset)).status).toBe(200)
    expect((await script('/api/parts')).status).toBe(401)
  })
})

it('the security log has all of that with times, for owners, and no full address', async () => {
  const entries = async () => (await owner('/api/security-log?limit=200')).body.items
  const kinds = [
    'account-created', 'signed-in', 'sign-in-failed', 'sign-in-braked', 'session-ended', 'token-created',
    'token-revoked', 'password-reset', 'role-changed',
  ] // prettier-ignore
  await expect
    .poll(async () => new Set((await entries()).map(({ what }: { what: string }) => what)))
    .toEqual(new Set(kinds))
  const found = await entries()
  expect(found).toContainEqual(
    expect.objectContaining({ what: 'password-reset', person: 'Max', actor: OWNER.name }),
  )
  expect(JSON.stringify(found)).not.toContain('192.0.2.50')
  expect(JSON.stringify(found)).toContain('192.0.2.…')
})

it.each(['confirm', 'manage', 'unsubscribe'])(
  '/subscribe/%s, whose address holds a token, is in no cache and in no referrer',
  async page => {
    const { headers } = await stranger(`/subscribe/${page}?token=x`)
    expect(headers.get('cache-control')).toContain('no-store')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
  },
)

it('a refused sign-in form keeps the address that was typed out of every address', async () => {
  const answer = await fetch(`${server.url}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: from('198.51.100.77'),
    body: new URLSearchParams({ email: 'zoe@example.org', password: 'wrong', next: '/editor/x' }),
  })
  const page = await answer.text()
  expect([answer.status, answer.headers.get('location')]).toEqual([401, null])
  for (const text of ['zoe@example.org', 'Wrong email or password.', '/editor/x'])
    expect(page).toContain(text)
})

it('with https the cookie is bound to this host, and HSTS covers the hosts below if told so', async () => {
  const secure = await startServer({
    env: { NUXT_SITE_URL: 'https://reviews.example', NUXT_HSTS_SUBDOMAINS: 'true' },
  })
  try {
    const made = await caller(secure.url)('/api/setup', { body: { token: SETUP_TOKEN, ...OWNER } })
    expect(made.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-mm\.session_token=(?=.*; Path=\/)(?=.*; Secure)(?!.*Domain)/),
    ])
    expect(made.headers.get('strict-transport-security')).toBe(
      'max-age=31536000; includeSubDomains',
    )
    const me = await caller(secure.url)('/api/me', { headers: { cookie: cookieOf(made) } })
    expect(me.status).toBe(200)
  } finally {
    await secure.kill()
  }
})
