/** Replies and likes from the fediverse: taken in from whoever signs them, shown on the page of the review, moderated at the desk. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Caller, makeOwner } from '../support/account'
import { FediverseServer, type Person } from '../support/fediverse-server'
import type { Json } from '../support/json'
import { mymovies } from '../support/mymovies'
import { publish, type Published } from '../support/publish'
import { startServer, type TestServer } from '../support/server'

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'
const dataDir = mkdtempSync(join(tmpdir(), 'mymovies-replies-'))
let far: FediverseServer
let server: TestServer
let editor: Caller
let review: Published
let anna: Person
let bert: Person
let notes = 0

const start = (more = {}) =>
  startServer({
    dataDir,
    env: { NUXT_FEDIVERSE: 'true', NUXT_ALLOW_TARGETS: `activitypub:${far.host}`, ...more },
  })

beforeAll(async () => {
  far = await FediverseServer.start()
  server = await start()
  editor = await makeOwner(server.url)
  anna = far.person('anna')
  bert = far.person('bert')
})
afterAll(async () => {
  await server.kill()
  await far.close()
  rmSync(dataDir, { recursive: true })
})
beforeEach(async () => {
  review = await publish(editor, { movie: { title: `Film ${++notes}`, genres: ['Drama'] } })
})

const note = (by: Person, content: string, more: object = {}) => ({
  id: `${far.origin}/notes/${++notes}`,
  type: 'Note',
  attributedTo: by.id,
  inReplyTo: review.url,
  content,
  published: '2026-11-30T10:00:00Z',
  to: [PUBLIC],
  ...more,
})
const post = (by: Person, type: string, object: unknown, more: object = {}) =>
  far.send(by, `${server.url}/ap/inbox`, {
    id: `${far.origin}/activities/${++notes}`,
    type,
    actor: by.id,
    object,
    ...more,
  })
const replies = async () => (await editor(`/api/reviews/${review.id}/replies`)).body as Json
const texts = async () =>
  (await replies()).items.map((item: Json) => JSON.stringify(item.tree)) as string[]
const page = async () => (await fetch(review.url)).text()
const say = async (by: Person, content: string, more: object = {}) => {
  const made = note(by, content, more)
  const { status } = await post(by, 'Create', made)
  expect(status).toBe(202)
  return made
}

describe('what people say', () => {
  it('is on the page, with who said it; edited and deleted by them alone', async () => {
    const made = await say(anna, '<p>I saw it <em>twice</em>.</p>')
    expect(await page()).toMatch(/anna of .*@anna@localhost[\s\S]*I saw it twice\./)
    expect((await post(bert, 'Delete', made.id)).status).toBe(403)
    expect((await post(bert, 'Update', { ...made, content: 'Nonsense' })).status).toBe(403)
    expect((await post(anna, 'Update', { ...made, content: 'Three times.' })).status).toBe(202)
    expect(await page()).toContain('Three times.')
    expect((await post(anna, 'Delete', { id: made.id, type: 'Tombstone' })).status).toBe(202)
    expect(await page()).not.toContain('Three times.')
  })

  it('leaves the page when its writer narrows it to followers', async () => {
    const made = await say(anna, 'For everybody.')
    const narrowed = { ...made, content: 'For friends.', to: [`${anna.id}/followers`] }
    expect((await post(anna, 'Update', narrowed)).status).toBe(202)
    expect(await texts()).toEqual([])
    expect(await page()).not.toMatch(/For (?:everybody|friends)\./)
  })

  it('may answer another reply', async () => {
    const made = await say(anna, 'First.')
    await say(bert, 'Second.', { inReplyTo: made.id })
    expect(await texts()).toHaveLength(2)
  })

  it.each([
    ['private', { to: ['https://far.example/users/somebody'] }],
    ['about nothing of ours', { inReplyTo: 'https://elsewhere.example/1' }],
    ['empty', { content: '<p> </p>' }],
    ['about a review that does not exist', { inReplyTo: '/reviews/none' }],
  ])('is not kept if it is %s', async (_, { inReplyTo, ...more }: Record<string, unknown>) => {
    const about = inReplyTo ? { inReplyTo: new URL(String(inReplyTo), server.url).href } : {}
    await say(anna, 'Nobody should see this.', { ...more, ...about })
    expect(await texts()).toEqual([])
  })

  it('is refused if it is signed by somebody else', async () => {
    const forged = note(anna, 'I never said that.')
    expect((await post(bert, 'Create', forged)).status).toBe(403)
    const elsewhere = { ...note(anna, 'Nor that.'), id: 'https://elsewhere.example/1' }
    expect((await post(anna, 'Create', elsewhere)).status).toBe(403)
    expect(await texts()).toEqual([])
  })

  it('runs nothing, whatever is in it', async () => {
    await say(
      anna,
      '<script>alert(1)</script><img src=x onerror=alert(2)><a href="javascript:alert(3)">Hi</a><a href="https://a.example/" onclick="alert(4)">link</a>',
    )
    const html = await page()
    expect(html).not.toMatch(/alert\(/)
    expect(html).toMatch(/<a href="https:\/\/a\.example\/" rel="nofollow ugc noopener">link<\/a>/)
  })
})

it('likes and shares count once for each person, and can be taken back', async () => {
  const like = { id: `${far.origin}/likes/${++notes}` }
  await post(anna, 'Like', review.url, like)
  await post(anna, 'Like', review.url)
  await post(bert, 'Like', review.url)
  await post(bert, 'Announce', review.url)
  expect(await replies()).toMatchObject({ likes: 2, shares: 1 })
  expect(await page()).toMatch(/2 likes · 1 share/)
  const last = { id: `${far.origin}/likes/${++notes}` }
  await post(bert, 'Like', review.url, last)
  const undone = { ...last, type: 'Like', actor: bert.id, object: review.url }
  expect((await post(anna, 'Undo', undone)).status).toBe(403)
  expect((await post(bert, 'Undo', undone)).status).toBe(202)
  expect(await replies()).toMatchObject({ likes: 1, shares: 1 })
})

describe('an editor', () => {
  const listed = async () => (await editor('/api/desk/replies')).body as Json

  it('hides a reply and shows it again', async () => {
    const { id } = await say(anna, 'Rude.')
    expect((await listed()).items[0]).toMatchObject({
      id,
      hidden: false,
      review: { id: review.id },
    })
    await editor('/api/desk/replies/hide', { body: { id, hidden: true } })
    expect(await page()).not.toContain('Rude.')
    await editor('/api/desk/replies/hide', { body: { id, hidden: false } })
    expect(await page()).toContain('Rude.')
  })

  it('blocks a person: what they said goes, and nothing of theirs is taken in until they are unblocked', async () => {
    const { id } = await say(anna, 'Rude again.')
    await say(bert, 'Kind.')
    await editor('/api/desk/replies/block', { body: { reply: id, what: 'person' } })
    expect(await texts()).toEqual([expect.stringContaining('Kind.')])
    expect((await post(anna, 'Create', note(anna, 'Still rude.'))).status).toBe(403)
    const { who, by } = (await listed()).blocks[0]
    expect([who, by]).toEqual([anna.id, 'Ines Okafor'])
    await editor('/api/desk/replies/unblock', { body: { who } })
    await say(anna, 'Sorry.')
    expect(await texts()).toHaveLength(2)
  })

  it('blocks a server', async () => {
    const { id } = await say(anna, 'Spam.')
    await editor('/api/desk/replies/block', { body: { reply: id, what: 'server' } })
    expect(await texts()).toEqual([])
    expect((await post(bert, 'Create', note(bert, 'More spam.'))).status).toBe(403)
    await editor('/api/desk/replies/unblock', { body: { who: far.host } })
  })

  it.each([
    ['hide', { id: 'https://a.example/none', hidden: true }, 404, 'No such reply'],
    ['block', { reply: 'https://a.example/none', what: 'person' }, 404, 'No such reply'],
    ['hide', { id: '', hidden: 'yes' }, 422, 'Some fields are not valid'],
    ['block', { reply: 'x', what: 'planet' }, 422, 'Some fields are not valid'],
    ['unblock', {}, 422, 'Some fields are not valid'],
  ])('%s %j is refused', async (path, body, status, title) => {
    const answer = await editor(`/api/desk/replies/${path}`, { body })
    expect([answer.status, answer.body.title]).toEqual([status, title])
  })
})

it('an operator gives accounts new keys, and names other accounts of a critic', async () => {
  const { critic } = (await editor(`/api/reviews/${review.id}`)).body as Json
  const actor = async () => far.fetch(`${server.url}/ap/actors/${critic.id}`)
  const before = await actor()
  const run = (...words: string[]) => mymovies(dataDir, ...words)
  expect(await run('fediverse:keys', '@ines-okafor')).toMatchObject({ code: 0 })
  const after = await actor()
  expect(after.publicKey.id).toMatch(/#key-2$/)
  expect(after.publicKey.publicKeyPem).not.toBe(before.publicKey.publicKeyPem)
  const old = 'https://old.example/users/ines'
  expect(await run('fediverse:alias', 'ines-okafor', old)).toMatchObject({ code: 0 })
  expect((await actor()).alsoKnownAs).toEqual([old])
  expect(await run('fediverse:alias', 'ines-okafor', old, '--remove')).toMatchObject({ code: 0 })
  expect(await actor()).not.toHaveProperty('alsoKnownAs')
  expect(await run('fediverse:alias', 'ines-okafor', 'old.example')).toMatchObject({ code: 2 })
  expect(await run('fediverse:keys', 'nobody')).toMatchObject({ code: 1 })
})

it('switched off, none is taken in and none is shown', async () => {
  await say(anna, 'Before.')
  await server.stop()
  server = await start({ NUXT_FEDIVERSE_REPLIES: 'false' })
  expect(await (await fetch(`${server.url}/reviews/${review.slug}`)).text()).not.toContain(
    'Before.',
  )
  const answer = await fetch(`${server.url}/api/reviews/${review.id}/replies`)
  expect(await answer.json()).toEqual({ open: false, likes: 0, shares: 0, items: [] })
})
