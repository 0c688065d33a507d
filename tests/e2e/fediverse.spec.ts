/** The fediverse: found by WebFinger, followed, told of a review and of what becomes of it, by a server that shares no code with ours. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, caller, makeOwner } from '../support/account'
import { ACTIVITY_JSON, FediverseServer, type Person } from '../support/fediverse-server'
import type { Json } from '../support/json'
import { publish, type Published } from '../support/publish'
import { startServer, type TestServer } from '../support/server'

const SOON = { timeout: 15_000 }
const dataDir = mkdtempSync(join(tmpdir(), 'mymovies-fediverse-'))
let far: FediverseServer
let server: TestServer
let critic: Caller
let first: Published
/** The critic, as their server describes them. */
let ines: Json
let anna: Person

const start = (port?: number) =>
  startServer({
    dataDir,
    port,
    env: { NUXT_FEDIVERSE: 'true', NUXT_ALLOW_TARGETS: `activitypub:${far.host}` },
  })
const as = (accept: string) => (path: string) =>
  fetch(path.startsWith('/') ? server.url + path : path, {
    headers: { accept },
    redirect: 'manual',
  })
const document = async (path: string) => (await as(ACTIVITY_JSON)(path)).json() as Promise<Json>
const change = async ({ id }: Published, how: string, body: object = {}) => {
  const done = await critic(`/api/reviews/${id}/${how}`, { body })
  expect([done.status, done.body]).toMatchObject([202, {}])
}
const followers = async () => (await document(ines.followers)).totalItems as number
const types = () => far.got.map(({ activity }) => activity.type as string)

let follows = 0
const follow = (person: Person, how: object = {}, more: object = {}) =>
  far.send(
    person,
    ines.inbox,
    {
      id: `${far.origin}/follows/${++follows}`,
      type: 'Follow',
      actor: person.id,
      object: ines.id,
      ...more,
    },
    how,
  )

beforeAll(async () => {
  far = await FediverseServer.start()
  server = await start()
  critic = await makeOwner(server.url)
  first = await publish(critic)
  anna = far.person('anna')
  const { host } = new URL(server.url)
  const { links } = await document(`/.well-known/webfinger?resource=acct:ines-okafor@${host}`)
  ines = await document(links.find((link: Json) => link.rel === 'self').href)
})
afterAll(async () => {
  await server.kill()
  await far.close()
  rmSync(dataDir, { recursive: true })
})

describe('who is here', () => {
  it('a critic has an actor, and so has the publication', async () => {
    expect(ines).toMatchObject({
      type: 'Person',
      preferredUsername: 'ines-okafor',
      name: 'Ines Okafor',
      url: `${server.url}/critics/ines-okafor`,
      publicKey: { owner: ines.id, publicKeyPem: expect.stringMatching(/^-----BEGIN PUBLIC KEY/) },
    })
    const { host } = new URL(server.url)
    const found = await document(`/.well-known/webfinger?resource=acct:reviews@${host}`)
    expect(await document(found.links[0].href)).toMatchObject({ name: 'MyMovies' })
  })

  it.each([
    'acct:nobody@HOST',
    'acct:ines-okafor@elsewhere.example',
    'acct:',
    'https://elsewhere.example/',
  ])('WebFinger does not know %s', async resource => {
    const asked = resource.replace('HOST', new URL(server.url).host)
    const answer = await caller(server.url)(
      `/.well-known/webfinger?resource=${encodeURIComponent(asked)}`,
    )
    expect([answer.status, answer.body.title]).toEqual([404, 'No such account'])
  })

  it('the page of a critic says under which name', async () => {
    const html = await (await as('text/html')('/critics/ines-okafor')).text()
    expect(html).toContain(`@ines-okafor@${new URL(server.url).host}`)
  })

  it('NodeInfo says what this server is', async () => {
    const { links } = await document('/.well-known/nodeinfo')
    expect(await document(links[0].href)).toMatchObject({
      version: '2.1',
      protocols: ['activitypub'],
      usage: { localPosts: expect.any(Number) },
    })
  })

  it('the address of a review is its article for a server, and its page for everyone else', async () => {
    const asServer = await as(ACTIVITY_JSON)(first.url)
    expect(asServer.headers.get('content-type')).toMatch(/^application\/activity\+json/)
    expect(asServer.headers.get('vary')).toMatch(/accept\b/)
    expect(await asServer.json()).toMatchObject({
      id: first.url,
      type: 'Article',
      attributedTo: ines.id,
      summary: expect.stringMatching(/^5 of 5\. Go twice\./),
    })
    for (const accept of ['text/html,application/xhtml+xml,*/*;q=0.8', '*/*', '']) {
      const asReader = await as(accept)(first.url)
      expect(asReader.headers.get('content-type')).toMatch(/^text\/html/)
      expect(asReader.headers.get('vary')).toMatch(/accept\b(?!-)/)
    }
  })

  it('the outbox lists what was published, and each activity can be asked for', async () => {
    const { first: page } = await document(ines.outbox)
    const { orderedItems } = await document(page)
    const mine = orderedItems.find((item: Json) => item.object.id === first.url)
    expect(mine).toMatchObject({ type: 'Create', actor: ines.id })
    expect(await document(mine.id)).toMatchObject({ id: mine.id, type: 'Create' })
    expect((await as(ACTIVITY_JSON)(`${server.url}/ap/activities/999999`)).status).toBe(404)
  })
})

it('a follower is accepted and sees a review appear, change, go and come back', async () => {
  expect((await follow(anna)).status).toBe(202)
  await expect.poll(types, SOON).toEqual(['Accept'])
  expect(far.got[0]!.activity).toMatchObject({ actor: ines.id, object: { actor: anna.id } })
  expect(await followers()).toBe(1)

  const review = await publish(critic, { movie: { title: 'M', year: 1931, genres: ['Crime'] } })
  await expect.poll(() => [...far.posts.keys()], SOON).toEqual([review.url])
  await change(review, 'fix', { summary: 'Whistled.' })
  await expect.poll(() => far.posts.get(review.url)?.summary, SOON).toMatch(/Whistled\.$/)
  await change(review, 'archive', { reason: 'Written about another film.' })
  await expect.poll(() => far.posts.size, SOON).toBe(0)
  const gone = await as(ACTIVITY_JSON)(review.url)
  expect([gone.status, ((await gone.json()) as Json).type]).toEqual([410, 'Tombstone'])
  await change(review, 'restore')
  await expect.poll(() => far.posts.size, SOON).toBe(1)
  const [again] = far.posts.values()
  expect(again.id).toMatch(/\?restored=\d+$/)
  expect(await document(again.id)).toMatchObject({ id: again.id, type: 'Article' })
  expect(types()).toEqual(['Accept', 'Create', 'Update', 'Delete', 'Create'])
  expect(far.violations).toEqual([])
})

it('a follower of the publication gets what any critic writes', async () => {
  const dora = far.person('dora')
  const { host } = new URL(server.url)
  const found = await document(`/.well-known/webfinger?resource=acct:reviews@${host}`)
  const site = await document(found.links[0].href)
  far.got.length = 0
  const answer = await far.send(dora, site.inbox, {
    id: `${far.origin}/follows/site`,
    type: 'Follow',
    actor: dora.id,
    object: site.id,
  })
  expect(answer.status).toBe(202)
  await expect.poll(types, SOON).toContain('Accept')
  const review = await publish(critic, { movie: { title: 'Laura', year: 1944, genres: ['Crime'] } })
  await expect.poll(() => types().sort(), SOON).toEqual(['Accept', 'Announce', 'Create'])
  await change(review, 'archive', { reason: 'Withdrawn.' })
  await expect.poll(() => types().sort(), SOON).toEqual(['Accept', 'Announce', 'Create', 'Delete'])
  await far.send(dora, site.inbox, {
    id: `${far.origin}/undo/site`,
    type: 'Undo',
    actor: dora.id,
    object: { id: `${far.origin}/follows/site`, type: 'Follow', actor: dora.id, object: site.id },
  })
  expect((await document(site.followers)).totalItems).toBe(0)
})

describe('what an inbox refuses', () => {
  let before = 0
  const refused = async (answer: Promise<{ status: number; body: Json }>, status: number) => {
    before = await followers()
    const { status: got, body } = await answer
    expect([got, body.detail]).toEqual([status, expect.any(String)])
    expect(JSON.stringify(body)).not.toMatch(/node_modules|at \w+ \(/)
    expect(await followers()).toBe(before)
  }
  const eve = () => far.people.get('eve') ?? far.person('eve')
  const post = (body: string, headers: Record<string, string> = {}) =>
    caller(server.url)('/ap/inbox', {
      body,
      headers: { 'content-type': ACTIVITY_JSON, ...headers },
    })

  it('what is not signed', () =>
    refused(
      post(
        JSON.stringify({
          id: `${far.origin}/f`,
          type: 'Follow',
          actor: eve().id,
          object: ines.id,
        }),
      ),
      401,
    ))

  it.each(['cavage', 'rfc9421'] as const)('a body that lies about its digest (%s)', kind =>
    refused(
      follow(eve(), { kind, change: (body: string) => body.replace('Follow', 'Follow ') }),
      401,
    ),
  )

  it.each(['cavage', 'rfc9421'] as const)('a signature of two hours ago (%s)', kind =>
    refused(follow(eve(), { kind, at: Date.now() - 2 * 3600_000 }), 401),
  )

  it.each(['cavage', 'rfc9421'] as const)('a signature from the future (%s)', kind =>
    refused(follow(eve(), { kind, at: Date.now() + 2 * 3600_000 }), 401),
  )

  it.each([
    ['cavage', ['(request-target)', 'date', 'digest']],
    ['cavage', ['(request-target)', 'host', 'date']],
    ['rfc9421', ['@method', 'content-digest']],
    ['rfc9421', ['@method', '@target-uri']],
  ] as const)('a signature (%s) over only %j', (kind, covers) =>
    refused(follow(eve(), { kind, covers: [...covers] }), 401),
  )

  it.each(['cavage', 'rfc9421'] as const)('one that was meant for another server (%s)', kind =>
    refused(follow(eve(), { kind, signedFor: 'https://elsewhere.example/inbox' }), 401),
  )

  it('an actor on another host than the key', () =>
    refused(
      follow(
        eve(),
        {},
        { id: 'https://elsewhere.example/f', actor: 'https://elsewhere.example/u' },
      ),
      401,
    ))

  it('somebody else on the same host', () => refused(follow(eve(), {}, { actor: anna.id }), 401))

  it('the same signed request again, while the same activity signed anew is no error', async () => {
    const dan = far.person('dan')
    let sent: { body: string; headers: Record<string, string> } | undefined
    const real = globalThis.fetch
    globalThis.fetch = (async (url: string, init: RequestInit) => {
      if (init?.method === 'POST')
        sent ??= { body: String(init.body), headers: init.headers as Record<string, string> }
      return real(url, init)
    }) as typeof fetch
    const id = `${far.origin}/follows/once`
    expect((await follow(dan, {}, { id })).status).toBe(202)
    globalThis.fetch = real
    await refused(
      caller(server.url)(new URL(ines.inbox).pathname, {
        body: sent!.body,
        headers: sent!.headers,
      }),
      409,
    )
    const accepts = () => far.got.filter(({ activity }) => activity.object?.id === id).length
    await expect.poll(accepts, SOON).toBe(1)
    expect((await follow(dan, { at: Date.now() - 60_000 }, { id })).status).toBe(202)
    expect(accepts()).toBe(1)
  })

  it('an old key, once it was changed; the new one is fetched', async () => {
    const old = far.person('kim')
    expect((await follow(old)).status).toBe(202)
    const kim = far.person('kim')
    expect((await follow(kim)).status).toBe(202)
    await refused(follow(old), 401)
  })

  it('an inbox on a stranger’s host', () =>
    refused(
      follow(
        far.person('mallory', {
          inbox: 'https://victim.example/inbox',
          endpoints: { sharedInbox: 'https://victim.example/inbox' },
        }),
      ),
      401,
    ))

  it('a Delete of what is on another server, and an Undo of what somebody else did', async () => {
    const other = { id: 'https://elsewhere.example/notes/1', type: 'Tombstone' }
    const by = { id: `${far.origin}/d/${Date.now()}`, actor: eve().id }
    await refused(far.send(eve(), ines.inbox, { ...by, type: 'Delete', object: other }), 403)
    const object = {
      id: `${far.origin}/follows/1`,
      type: 'Follow',
      actor: anna.id,
      object: ines.id,
    }
    await refused(far.send(eve(), ines.inbox, { ...by, type: 'Undo', object }), 403)
  })

  it('somebody who is not here', () =>
    refused(follow(eve(), {}, { object: `${server.url}/ap/actors/nobody` }), 404))

  it.each([
    ['no JSON', '{', {}, 400],
    ['no activity', '[]', {}, 400],
    ['no id', '{"type":"Follow","actor":"https://a.example/u"}', {}, 400],
    ['no address as actor', '{"id":"https://a.example/1","type":"Follow","actor":7}', {}, 400],
    ['another type', '{}', { 'content-type': 'text/plain' }, 415],
    ['300 kB', JSON.stringify({ id: 'x'.repeat(300_000) }), {}, 413],
  ] as const)('%s', (_, body, headers, status) => refused(post(body, headers), status))

  it('signatures that make no sense', async () => {
    const body = JSON.stringify({
      id: `${far.origin}/f`,
      type: 'Follow',
      actor: eve().id,
      object: ines.id,
    })
    for (const signature of [
      'x',
      'keyId="not a url",headers="",signature=""',
      `keyId="${server.url}/ap/actors/site#key-1",headers="(request-target) host date digest",signature="AA=="`,
      'keyId="http://127.0.0.1:1/key",headers="(request-target) host date digest",signature="!!"',
    ])
      await refused(
        post(body, {
          date: new Date().toUTCString(),
          digest: 'SHA-256=x',
          signature,
        }),
        401,
      )
    for (const [input, signature] of [
      ['sig1=("@method"', 'sig1=:AA==:'],
      [
        `sig1=("@method" "@target-uri" "content-digest");created=1;keyid="${eve().keyId}"`,
        'sig1=x',
      ],
    ])
      await refused(
        post(body, {
          'signature-input': input!,
          signature: signature!,
        }),
        401,
      )
  })

  it('a bomb of followers', async () => {
    const names = Array.from({ length: 110 }, (_, i) => `bomb${i}`)
    const one = far.person('bomb')
    const answers = []
    for (const name of names) {
      far.people.set(name, { ...one, id: `${far.origin}/users/${name}` })
      const person = {
        ...one,
        id: `${far.origin}/users/${name}`,
        keyId: `${far.origin}/users/${name}#main-key`,
      }
      far.people.set(name, person)
      answers.push((await follow(person)).status)
    }
    expect(answers.at(-1)).toBe(429)
    expect(answers.filter(status => status === 202).length).toBeLessThanOrEqual(100)
  })
})

it('an account that is deleted is forgotten, though its key is gone with it', async () => {
  const before = await followers()
  far.people.delete('anna')
  const answer = await far.send(anna, ines.inbox, {
    id: `${anna.id}#delete`,
    type: 'Delete',
    actor: anna.id,
    object: anna.id,
  })
  expect(answer.status).toBe(202)
  expect(await followers()).toBe(before - 1)
})

it('a kill between their yes and our record gives one post there', async () => {
  far.got.length = 0
  far.mood = 'hang'
  const review = await publish(critic, { movie: { title: 'Ran', year: 1985, genres: ['Drama'] } })
  const creates = () => far.got.filter(({ activity }) => activity.object?.id === review.url)
  await expect.poll(() => creates().length, SOON).toBeGreaterThan(0)
  await server.kill()
  far.mood = 'well'
  server = await start(server.port)
  critic = caller(server.url)
  await expect.poll(() => creates().length, { timeout: 40_000 }).toBeGreaterThan(1)
  expect(new Set(creates().map(({ activity }) => activity.id)).size).toBe(1)
  expect([...far.posts.keys()].filter(id => id === review.url)).toHaveLength(1)
})
