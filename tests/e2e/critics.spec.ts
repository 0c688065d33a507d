/** A critic's own sentence, and their address wherever they are named: pages, API, notices, live updates, wants. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { subscription } from '../readers/subscription'
import { type Caller, makeOwner, withToken } from '../support/account'
import { publish } from '../support/publish'
import { startServer, type TestServer } from '../support/server'

let server: TestServer
let owner: Caller
let me: string
const SAYS = 'Sits in the third row & never leaves before the credits.'

beforeAll(async () => {
  server = await startServer({ env: { NUXT_ALLOW_TARGETS: 'push:push.example:443' } })
  owner = await makeOwner(server.url)
  me = (await owner('/api/me')).body.id
  await publish(owner)
})
afterAll(() => server.kill())

const bio = (text: unknown, path = '/api/me') =>
  owner(path, { method: 'PATCH', body: { bio: text } })
const read = async (path: string) => (await fetch(server.url + path)).text()

describe('what a critic says about themselves', () => {
  it('is on their page at once, in its JSON-LD and in the API', async () => {
    expect(await read('/critics/ines-okafor')).not.toContain('third row')
    const before = await fetch(`${server.url}/api/critics/ines-okafor`)
    expect(await bio(`  ${SAYS}\r\n`)).toMatchObject({ status: 200, body: { bio: SAYS } })
    const page = await read('/critics/ines-okafor')
    expect(page).toMatch(/<p class="bio"[^>]*>Sits in the third row &amp; never leaves/)
    const ld = /<script type="application\/ld\+json"[^>]*>(.*?)<\/script>/s.exec(page)![1]!
    expect(ld).toContain('"description":"Sits in the third row')
    const after = await fetch(`${server.url}/api/critics/ines-okafor`, {
      headers: { 'if-modified-since': before.headers.get('last-modified')! },
    })
    expect([after.status, await after.json()]).toEqual([
      200,
      expect.objectContaining({ bio: SAYS }),
    ])
    expect((await owner('/api/me')).body.bio).toBe(SAYS)
  })

  it.each<[string, unknown, string]>([
    ['161 characters', 'x'.repeat(161), 'bio'],
    ['a control character', 'a\u0000b', 'bio'],
    ['text that is turned around', 'a\u202Eb', 'bio'],
    ['a number', 7, 'bio'],
    ['nothing', undefined, 'bio'],
  ])('is not %s', async (_, text, path) => {
    const { status, body } = await bio(text)
    expect([status, body.errors?.[0].path]).toEqual([422, path])
  })

  it('is set for others by those who manage them, and taken away by nothing', async () => {
    const tom = { name: 'Tom Reyes', email: 'tom@example.org', password: 'a long way from home' }
    const { body } = await owner('/api/people', { body: tom })
    expect((await bio('Likes it loud.', `/api/people/${body.id}`)).body.bio).toBe('Likes it loud.')
    expect((await bio('', `/api/people/${body.id}`)).body).toEqual({ ...body })
    const script = await withToken(server.url, owner, ['reviews'])
    expect((await script('/api/me', { method: 'PATCH', body: { bio: 'x' } })).status).toBe(403)
  })
})

describe("the address of a critic's page", () => {
  const critic = () => ({ id: me, name: 'Ines Okafor', slug: 'ines-okafor' })

  it('is in each notice that names the critic, and in live updates', async () => {
    const { body } = await owner('/api/events?shape=fat')
    expect(body.at(-1).data.critic).toEqual(critic())
    const stop = new AbortController()
    const live = await fetch(`${server.url}/live?lastEventId=0`, { signal: stop.signal })
    let text = ''
    for await (const chunk of live.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk
      if (/event: review\.published\ndata: .*\n\n/.test(text)) break
    }
    stop.abort()
    const data = /event: review\.published\ndata: (.*)\n\n/.exec(text)![1]!
    expect(JSON.parse(data).critic).toEqual(critic())
  })

  it('may be given in wants, which keep the id', async () => {
    const wants = { critics: ['ines-okafor', me, 'Inés Okafor', 'somebody-new'] }
    const { body } = await owner('/api/subscriptions/push', {
      body: { subscription: subscription('slug'), wants },
    })
    expect(body.wants).toEqual({ critics: [me, 'somebody-new'] })
    const shown = await read('/api/subscriptions/matched?critics=ines-okafor')
    expect(JSON.parse(shown).items).toHaveLength(1)
  })
})
