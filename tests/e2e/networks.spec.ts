/** One publish on every network at once: one post on each, in its own words; a fix edits, archiving deletes, and a network that is down holds up no other. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Caller, makeOwner, OWNER } from '../support/account'
import { atTheDesk, button, field } from '../support/desk'
import { Discord } from '../support/discord'
import { TOKEN, USER } from '../support/instagram'
import { Mastodon } from '../support/mastodon'
import { type Account, type Pds, startPds } from '../support/pds'
import { publish } from '../support/publish'
import { startServer, type TestServer } from '../support/server'
import { type RemoteInstagram, spawnInstagram } from '../support/spawn-instagram'
import { type RemoteX, spawnX } from '../support/spawn-x'
import { KEYS } from '../support/x'

const SOON = { timeout: 30_000, interval: 100 }
const NETWORKS = ['bluesky', 'discord', 'instagram', 'mastodon', 'x']
const dataDir = mkdtempSync(join(tmpdir(), 'mymovies-networks-'))
let x: RemoteX
let instagram: RemoteInstagram
let mastodon: Mastodon
let discord: Discord
let pds: Pds
let account: Account
let server: TestServer
let critic: Caller

beforeAll(async () => {
  ;[x, instagram, mastodon, discord, pds] = await Promise.all([
    spawnX(),
    spawnInstagram(),
    Mastodon.start(),
    Discord.start(),
    startPds(),
  ])
  account = await pds.account()
  server = await startServer({
    dataDir,
    env: {
      NUXT_X_URL: x.url,
      NUXT_X_API_KEY: KEYS.apiKey,
      NUXT_X_API_SECRET: KEYS.apiSecret,
      NUXT_X_ACCESS_TOKEN: KEYS.accessToken,
      NUXT_X_ACCESS_SECRET: KEYS.accessSecret,
      NUXT_INSTAGRAM_URL: instagram.url,
      NUXT_INSTAGRAM_USER_ID: USER,
      NUXT_INSTAGRAM_TOKEN: TOKEN,
      NUXT_MASTODON_URL: mastodon.url,
      NUXT_MASTODON_TOKEN: mastodon.token,
      NUXT_DISCORD_URL: discord.url,
      NUXT_BLUESKY_SERVICE: pds.url,
      NUXT_BLUESKY_IDENTIFIER: account.handle,
      NUXT_BLUESKY_PASSWORD: account.password,
    },
  })
  critic = await makeOwner(server.url)
}, 600_000)
afterAll(async () => {
  await server?.kill()
  await Promise.all([x, instagram, mastodon, discord, pds].map(far => far?.close()))
  rmSync(dataDir, { recursive: true, force: true })
})

/** What people see about this film on each network. */
async function seen(film: string): Promise<Record<string, string[]>> {
  const all = {
    bluesky: (await pds.posts(account)).map(({ value }) => value.text),
    discord: discord.messages.map(({ content }) => content),
    instagram: (await instagram.state()).posts.map(({ caption }) => caption),
    mastodon: mastodon.statuses.map(({ text }) => text),
    x: (await x.state()).standing.map(({ text }) => text),
  }
  return Object.fromEntries(
    Object.entries(all).map(([network, texts]) => [
      network,
      texts.filter(text => text.includes(film)),
    ]),
  )
}
const accepted = async (id: string) =>
  Object.fromEntries(
    (await critic(`/api/reviews/${id}/deliveries`)).body.parts
      .filter(({ part }: { part: string }) => NETWORKS.includes(part))
      .map(({ part, accepted }: { part: string; accepted: number }) => [part, accepted]),
  )
const change = async (id: string, how: string, body: object) =>
  expect(await critic(`/api/reviews/${id}/${how}`, { body })).toMatchObject({ status: 202 })
const film = (title: string) => ({ movie: { title, year: 1949, genres: ['Thriller'] } })
const each = (count: number) => Object.fromEntries(NETWORKS.map(network => [network, count]))

it('one publish is one post on each, in different words, with the title and, but for Instagram, the link', async () => {
  const { id, url } = await publish(critic, film('Stray Dog'))
  await expect.poll(() => accepted(id), SOON).toEqual(each(1))
  const texts = await seen('Stray Dog')
  const all = Object.values(texts).flat()
  expect(Object.values(texts).map(({ length }) => length)).toEqual([1, 1, 1, 1, 1])
  expect(new Set(all).size).toBe(5)
  for (const text of all) expect(text).toContain('On Stray Dog')
  for (const network of ['discord', 'mastodon', 'x']) expect(texts[network]![0]).toContain(url)
  expect(texts.instagram![0]).not.toContain('http')
})

it('a fix edits and archiving deletes where the network can', async () => {
  const { id } = await publish(critic, film('Ikiru'))
  await expect.poll(() => accepted(id), SOON).toEqual(each(1))
  await change(id, 'fix', { title: 'On Ikiru, mended' })
  await expect
    .poll(() => accepted(id), SOON)
    .toEqual({ ...each(1), bluesky: 2, discord: 2, mastodon: 2 })
  const mended = Object.entries(await seen('Ikiru'))
    .filter(([, texts]) => texts.length === 1 && texts[0]!.includes('On Ikiru, mended'))
    .map(([network]) => network)
  expect(mended).toEqual(['bluesky', 'discord', 'mastodon'])
  await change(id, 'archive', { reason: 'Written about another film.' })
  await expect
    .poll(
      async () =>
        Object.entries(await seen('Ikiru'))
          .filter(([, texts]) => texts.length)
          .map(([network]) => network),
      SOON,
    )
    .toEqual(['instagram'])
})

it('a network that accepts calls and never answers holds up no other', async () => {
  mastodon.misbehaviour = { to: 'POST /api/v1/statuses', hang: true }
  const { id } = await publish(critic, film('Rashomon'))
  await expect.poll(() => accepted(id), SOON).toEqual({ ...each(1), mastodon: 0 })
  mastodon.misbehaviour = undefined
})

it("a part that the critic switched off posts nothing, and the critic's line is posted as written", async () => {
  const {
    body: { id },
  } = await critic('/api/reviews', {
    body: { title: 'On Ran', ...film('Ran'), rating: 5, summary: 'Seen twice.', body: 'Fire.' },
  })
  expect(
    await critic(`/api/reviews/${id}/publish`, {
      body: { parts: { discord: false, x: { text: 'A king gives everything away.' } } },
    }),
  ).toMatchObject({ status: 202 })
  await expect
    .poll(async () => (await seen('On Ran')).x, SOON)
    .toEqual([expect.stringContaining('A king gives everything away.')])
  await expect.poll(async () => (await accepted(id)).bluesky, SOON).toBe(1)
  expect((await seen('On Ran')).discord).toEqual([])
  expect((await seen('On Ran')).bluesky![0]).not.toContain('A king gives everything away.')
})

it('choices in the panel survive a reload, and are what the networks get', async () => {
  const {
    body: { id },
  } = await critic('/api/reviews', {
    body: {
      title: 'On Kagemusha',
      ...film('Kagemusha'),
      rating: 4,
      summary: 'Seen twice.',
      body: 'Horses.',
    },
  })
  const page = await atTheDesk(server.url, OWNER)
  await page.goto(`${server.url}/editor/${id}`)
  await button(page, 'Edit text for X').click()
  await field(page, 'Text for X').fill('A thief plays a dead man.')
  await page.getByRole('checkbox', { name: 'Discord' }).uncheck()
  await page.reload()
  await page.getByText('A thief plays a dead man.').first().waitFor()
  expect(await field(page, 'Text for X').inputValue()).toBe('A thief plays a dead man.')
  expect(await page.getByRole('checkbox', { name: 'Discord' }).isChecked()).toBe(false)
  await button(page, 'Publish').click()
  await expect
    .poll(async () => (await seen('On Kagemusha')).x, SOON)
    .toEqual([expect.stringContaining('A thief plays a dead man.')])
  await expect.poll(async () => (await accepted(id)).bluesky, SOON).toBe(1)
  expect((await seen('On Kagemusha')).discord).toEqual([])
  await expect
    .poll(() => page.evaluate(key => localStorage.getItem(key), `mymovies:parts:${id}`), SOON)
    .toBe(null)
})
