/** From Publish to X, on the built server: one post, a reply, a deletion, a kill at the worst moment, and keys that are wrong at first. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, caller, makeOwner, OWNER, signIn } from '../support/account'
import { publish, type Published } from '../support/publish'
import { startServer, type TestServer } from '../support/server'
import { type RemoteX, spawnX } from '../support/spawn-x'
import { KEYS } from '../support/x'

const SOON = { timeout: 20_000 }
const dataDir = mkdtempSync(join(tmpdir(), 'mymovies-x-'))
let far: RemoteX
let server: TestServer
let critic: Caller
let waiting: Published

const start = async (accessSecret = KEYS.accessSecret, port?: number) =>
  startServer({
    dataDir,
    port,
    env: {
      NUXT_REACTORS: 'x',
      NUXT_X_URL: far.url,
      NUXT_X_API_KEY: KEYS.apiKey,
      NUXT_X_API_SECRET: KEYS.apiSecret,
      NUXT_X_ACCESS_TOKEN: KEYS.accessToken,
      NUXT_X_ACCESS_SECRET: accessSecret,
    },
  })

async function startAgain() {
  server = await start(KEYS.accessSecret, server.port)
  critic = await signIn(server.url, OWNER)
}

beforeAll(async () => {
  far = await spawnX()
  server = await start('not the secret')
  critic = await makeOwner(server.url)
})
afterAll(async () => {
  await server.kill()
  await far.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const texts = async () => (await far.state()).standing.map(({ text }) => text)
const film = (title: string) => ({ movie: { title, year: 1949, genres: ['Thriller'] } })
const words = (title: string, { url }: Published) =>
  `On ${title}\n${title} (1949): 5 of 5. Go twice.\n\nSeen twice.\n\n${url}`
const report = async ({ id }: Published) =>
  (await critic(`/api/reviews/${id}/deliveries`)).body.parts.find(
    ({ part }: { part: string }) => part === 'x',
  )
const change = async ({ id }: Published, how: string, body: object) =>
  expect((await critic(`/api/reviews/${id}/${how}`, { body })).status).toBe(202)
const part = async () =>
  (await critic('/api/parts')).body.items.find(({ name }: { name: string }) => name === 'x')

it('with wrong keys says so, in the list of parts and before Publish, and gives up no delivery', async () => {
  waiting = await publish(critic, film('Stray Dog'))
  await expect.poll(part, SOON).toMatchObject({
    state: 'Stopped',
    reason: 'X answered 401: Unauthorized',
    waiting: 1,
    dead: 0,
  })
  const {
    body: { id },
  } = await critic('/api/reviews', {
    body: { title: 'Next', ...film('Ikiru'), rating: 5, summary: 'Seen once.', body: 'Tokyo.' },
  })
  const preview = await critic(`/api/reviews/${id}/preview`, { body: {} })
  expect(preview.body.parts.find(({ part }: { part: string }) => part === 'x')).toMatchObject({
    label: 'X',
    stopped: 'X answered 401: Unauthorized',
    say: expect.stringContaining('Ikiru (1949)'),
    cost: expect.any(String),
    limit: 280,
  })
  expect(await report(waiting)).toMatchObject({ planned: 1, retrying: 1, dead: 0 })
  expect(await texts()).toEqual([])
})

it('with the right keys, what was waiting is sent by itself, once', async () => {
  await server.stop()
  await startAgain()
  await expect.poll(() => report(waiting), SOON).toMatchObject({ accepted: 1, dead: 0 })
  expect((await texts()).filter(text => text === words('Stray Dog', waiting))).toHaveLength(1)
  await expect.poll(part, SOON).toMatchObject({ state: 'Following', waiting: 0 })
})

it('refuses a line that X would refuse, beside the line', async () => {
  const {
    body: { id },
  } = await critic('/api/reviews', {
    body: { title: 'Long', ...film('Ran'), rating: 5, summary: 'Seen once.', body: 'Japan.' },
  })
  expect(
    await critic(`/api/reviews/${id}/publish`, {
      body: { parts: { x: { text: '乱'.repeat(140) } } },
    }),
  ).toMatchObject({
    status: 422,
    body: {
      errors: [
        { path: 'parts.x.text', message: expect.stringMatching(/^is \d+ characters too long$/) },
      ],
    },
  })
  expect(await caller(server.url)(`/api/reviews/${id}/preview`, { body: {} })).toMatchObject({
    status: 401,
  })
})

it('one publish is one post; a fix changes nothing there; a correction is a reply; archiving deletes both', async () => {
  const review = await publish(critic)
  const post = words('The Third Man', review)
  await expect.poll(texts, SOON).toContain(post)
  await expect
    .poll(() => report(review), SOON)
    .toMatchObject({
      accepted: 1,
      receipts: [{ url: expect.stringMatching(/^https:\/\/x\.com\/i\/web\/status\/\d+$/) }],
    })
  expect(await part()).toMatchObject({
    quota: { left: expect.any(Number), of: 100, what: 'posts in these 15 minutes' },
  })
  await change(review, 'fix', { summary: 'Seen three times.' })
  await change(review, 'correct', { rating: 4.5, note: 'The ferris wheel is in the second act.' })
  await expect
    .poll(texts, SOON)
    .toContain('Corrected, The Third Man (1949): The ferris wheel is in the second act.')
  const { posts } = await far.state()
  const mine = posts.filter(({ text }) => text.includes('The Third Man'))
  expect(mine).toMatchObject([
    { text: post, picture: { type: 'image/jpeg', alt: expect.stringContaining('The Third Man') } },
    { replyTo: mine[0]!.id },
  ])
  await change(review, 'archive', { reason: 'Written about another film.' })
  await expect
    .poll(async () => (await texts()).filter(text => text.includes('The Third Man')), SOON)
    .toEqual([])
  expect(await report(review)).toMatchObject({ planned: 3, dead: 0 })
})

it("killed between X's success and our record: still one post, and it is known", async () => {
  await far.behave('POST /2/tweets', { act: 'hang', done: true, times: 1 })
  const review = await publish(critic, film('Rashomon'))
  const post = words('Rashomon', review)
  await expect.poll(texts, SOON).toContain(post)
  await server.kill()
  await startAgain()
  await expect.poll(() => report(review), SOON).toMatchObject({ accepted: 1, retrying: 0 })
  const { posts } = await far.state()
  const mine = posts.filter(({ text }) => text === post)
  expect(mine).toHaveLength(1)
  expect(
    (await far.state()).violations.filter(violation => !/signature|duplicate/.test(violation)),
  ).toEqual([])
  expect((await report(review)).receipts).toEqual([
    { id: mine[0]!.id, url: `https://x.com/i/web/status/${mine[0]!.id}` },
  ])
})

describe('a line that X refuses', () => {
  const REFUSED = 'Buy $TSLA and $AAPL.'
  async function refused(title: string) {
    const review = await publish(critic, { ...film(title), parts: { x: { text: REFUSED } } })
    await expect.poll(() => report(review), SOON).toMatchObject({ dead: 1 })
    const { body } = await critic('/api/dead-letters')
    const { id } = body.items.find(({ reviewId }: { reviewId: string }) => reviewId === review.id)
    const redrive = (given: object) => critic(`/api/dead-letters/${id}/redrive`, { body: given })
    return { review, redrive }
  }
  const posted = async ({ id }: Published, line: string) => {
    await expect.poll(() => report({ id } as Published), SOON).toMatchObject({ accepted: 1 })
    expect((await texts()).filter(text => text.includes(line))).toHaveLength(1)
  }

  it('can be replaced when it is sent again', async () => {
    const { review, redrive } = await refused('Ugetsu')
    expect(await redrive({ text: 'x'.repeat(300) })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'text', message: expect.stringMatching(/too long$/) }] },
    })
    expect((await redrive({ text: 'A ghost and a potter.' })).status).toBe(200)
    await posted(review, 'A ghost and a potter.')
  })

  it('can be dropped for the channel’s own words', async () => {
    const { review, redrive } = await refused('Late Spring')
    expect((await redrive({ text: null })).status).toBe(200)
    await posted(review, 'On Late Spring\nLate Spring (1949): 5 of 5. Go twice.\n\nSeen twice.')
  })

  it('can be replaced by a fix', async () => {
    const { review, redrive } = await refused('Early Summer')
    expect(
      await critic(`/api/reviews/${review.id}/fix`, {
        body: { parts: { x: { text: '乱'.repeat(140) } } },
      }),
    ).toMatchObject({ status: 422, body: { errors: [{ path: 'parts.x.text' }] } })
    await change(review, 'fix', { parts: { x: { text: 'An apple, peeled in one ribbon.' } } })
    expect((await redrive({})).status).toBe(200)
    await posted(review, 'An apple, peeled in one ribbon.')
  })
})
