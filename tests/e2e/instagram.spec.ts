/** From Publish to Instagram, on the built server: one portrait picture with its own words, a comment, a note for whoever must remove it, and a kill at the worst moment. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Caller, makeOwner, OWNER, signIn } from '../support/account'
import { atTheDesk } from '../support/desk'
import { TOKEN, USER } from '../support/instagram'
import { publish, type Published } from '../support/publish'
import { startServer, type TestServer } from '../support/server'
import { type RemoteInstagram, spawnInstagram } from '../support/spawn-instagram'

const SOON = { timeout: 20_000 }
const dataDir = mkdtempSync(join(tmpdir(), 'mymovies-instagram-'))
let far: RemoteInstagram
let server: TestServer
let critic: Caller

const start = async (token = TOKEN, port?: number) =>
  startServer({
    dataDir,
    port,
    env: {
      NUXT_REACTORS: 'instagram',
      NUXT_INSTAGRAM_URL: far.url,
      NUXT_INSTAGRAM_USER_ID: USER,
      NUXT_INSTAGRAM_TOKEN: token,
    },
  })
async function startAgain() {
  server = await start(TOKEN, server.port)
  critic = await signIn(server.url, OWNER)
}
beforeAll(async () => {
  far = await spawnInstagram()
  server = await start('IGAA-expired')
  critic = await makeOwner(server.url)
})
afterAll(async () => {
  await server.kill()
  await far.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const film = (title: string) => ({ movie: { title, year: 1949, genres: ['Thriller'] } })
const posts = async (title: string) =>
  (await far.state()).posts.filter(({ caption }) => caption.includes(title))
const report = async ({ id }: Published) =>
  (await critic(`/api/reviews/${id}/deliveries`)).body.parts.find(
    ({ part }: { part: string }) => part === 'instagram',
  )
const change = async ({ id }: Published, how: string, body: object) =>
  expect((await critic(`/api/reviews/${id}/${how}`, { body })).status).toBe(202)
const part = async () =>
  (await critic('/api/parts')).body.items.find(({ name }: { name: string }) => name === 'instagram')

it('with a wrong token says so, reveals it to nobody, and gives up no delivery', async () => {
  const waiting = await publish(critic, film('Stray Dog'))
  await expect.poll(part, SOON).toMatchObject({
    state: 'Stopped',
    reason: expect.stringContaining('Invalid OAuth access token'),
    dead: 0,
  })
  expect(JSON.stringify(await part()) + server.output()).not.toContain('IGAA-expired')
  await server.stop()
  await startAgain()
  expect(await report(waiting)).toMatchObject({ planned: 1, dead: 0 })
})

it('the token is renewed before anybody needs it, and the renewed one outlives a restart', async () => {
  await expect
    .poll(async () => (await part()).credential, SOON)
    .toEqual({
      endsAt: expect.any(String),
    })
  const renewals = async () =>
    (await far.state()).requests.filter(request => request === 'GET /refresh_access_token').length
  const asked = await renewals()
  await expect.poll(() => posts('Stray Dog'), SOON).toHaveLength(1)
  await server.stop()
  await startAgain()
  await expect
    .poll(async () => (await part()).credential, SOON)
    .toMatchObject({
      endsAt: expect.any(String),
    })
  expect(await renewals()).toBe(asked)
  expect(server.output()).not.toContain(TOKEN)
})

it('one publish is one post: the portrait, other words, no link; a fix changes nothing, a correction is a comment', async () => {
  const review = await publish(critic)
  await expect
    .poll(() => report(review), SOON)
    .toMatchObject({
      accepted: 1,
      receipts: [{ url: expect.stringContaining('https://www.instagram.com/p/') }],
    })
  const [post, ...more] = await posts('The Third Man')
  expect(more).toEqual([])
  expect(post).toMatchObject({
    caption:
      'On The Third Man\n\nSeen twice.\n\nThe Third Man (1949): 5 of 5. Go twice.\nBy Ines Okafor.\n\n#TheThirdMan #Thriller',
    picture: { width: 1080, height: 1350 },
    alt: expect.stringContaining('Go twice'),
  })
  const ours = await (await fetch(`${server.url}/pictures/${review.id}/portrait.jpg`)).arrayBuffer()
  expect(post!.picture.bytes).toBe(ours.byteLength)
  expect(await part()).toMatchObject({
    quota: { left: expect.any(Number), of: 100, what: 'posts in 24 hours' },
  })
  await change(review, 'fix', { summary: 'Seen three times.' })
  await change(review, 'correct', { rating: 4.5, note: 'The ferris wheel is in the second act.' })
  await expect
    .poll(async () => (await posts('The Third Man'))[0]?.comments.map(({ text }) => text), SOON)
    .toEqual(['Corrected: The ferris wheel is in the second act.'])
  expect(await posts('The Third Man')).toHaveLength(1)
})

it('the panel shows caption and picture before Publish, and warns of a site address that is not public', async () => {
  const {
    body: { id },
  } = await critic('/api/reviews', {
    body: { title: 'Next', ...film('Ikiru'), rating: 5, summary: 'Seen once.', body: 'Tokyo.' },
  })
  const { body } = await critic(`/api/reviews/${id}/preview`, { body: {} })
  expect(body.parts.find(({ part }: { part: string }) => part === 'instagram')).toMatchObject({
    label: 'Instagram',
    say: expect.stringContaining('Ikiru (1949)'),
    limit: 2200,
    picture: { svg: expect.stringContaining('<svg'), alt: expect.stringContaining('Go twice') },
    warning: expect.stringContaining('NUXT_SITE_URL'),
  })
  expect(
    await critic(`/api/reviews/${id}/publish`, {
      body: { parts: { instagram: { text: '#a '.repeat(31) } } },
    }),
  ).toMatchObject({ status: 422, body: { errors: [{ path: 'parts.instagram.text' }] } })
})

it("killed between Instagram's success and our record: still one post, and it is known", async () => {
  await far.behave('POST /:id/media_publish', { act: 'hang', done: true, times: 1 })
  const review = await publish(critic, film('Rashomon'))
  await expect.poll(() => posts('Rashomon'), SOON).toHaveLength(1)
  await server.kill()
  await startAgain()
  await expect.poll(() => report(review), SOON).toMatchObject({ accepted: 1, retrying: 0 })
  const [post, ...more] = await posts('Rashomon')
  expect([more, (await report(review)).receipts]).toEqual([
    [],
    [expect.objectContaining({ id: post!.id, url: post!.permalink })],
  ])
})

it('an archived review is removed by hand: "What happened" says so and links to it', async () => {
  const review = await publish(critic, film('Ran'))
  await expect.poll(() => report(review), SOON).toMatchObject({ accepted: 1 })
  await change(review, 'archive', { reason: 'Written about another film.' })
  await expect.poll(() => report(review), SOON).toMatchObject({ planned: 2, accepted: 2 })
  const [post] = await posts('Ran')
  const page = await atTheDesk(server.url, OWNER)
  await page.goto(`${server.url}/editor/${review.id}`)
  const line = page
    .getByRole('region', { name: 'What happened' })
    .getByRole('listitem')
    .filter({ hasText: 'Instagram' })
  const link = line.getByRole('link', { name: 'Remove by hand' })
  await link.waitFor()
  expect(await link.getAttribute('href')).toBe(post!.permalink)
  expect((await far.state()).violations.filter(violation => !/OAuth/.test(violation))).toEqual([])
})
