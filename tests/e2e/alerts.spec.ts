/** Alerts: dead push deliveries give one email to each editor, one line at the desk, and one email when it is over. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Caller, caller, makeOwner, OWNER, signIn } from '../support/account'
import { alive, atTheDesk } from '../support/desk'
import { type FarSides, openFarSides } from '../support/far-sides'
import { publish } from '../support/publish'
import { startServer, type TestServer } from '../support/server'

const READERS = 300
const SOON = { timeout: 30_000, interval: 200 }
const EDITOR = {
  name: 'Omar Diaz',
  email: 'omar@example.org',
  password: 'nine rows back',
  role: 'editor',
}
const CRITIC = {
  name: 'Ada Lund',
  email: 'ada@example.org',
  password: 'seven rows back',
  role: 'critic',
}
const folder = mkdtempSync(join(tmpdir(), 'mymovies-alerts-'))
const dataDir = join(folder, 'data')
let far: FarSides
let server: TestServer
let owner: Caller
let editor: Caller
const letters: { to: string[]; messageId: string }[] = []

beforeAll(async () => {
  far = await openFarSides(folder)
  server = await startServer({ dataDir, env: far.env })
  owner = await makeOwner(server.url)
  for (const person of [EDITOR, CRITIC])
    expect((await owner('/api/people', { body: person })).status).toBe(201)
  editor = await signIn(server.url, EDITOR)
  for (const { id } of await far.letIn(owner, { push: READERS, mail: 0 }))
    await far.push.behave(id, { status: 418 })
})
afterAll(async () => {
  await server.kill()
  await far.close()
  rmSync(folder, { recursive: true })
})

const told = async () => {
  letters.push(...(await far.mail.collect()))
  return letters
    .filter(({ messageId }) => messageId.startsWith('alert.'))
    .flatMap(letter => letter.to)
    .sort()
}
const open = async (ask: Caller) => (await ask('/api/alerts')).body.items

it('one email to each editor and owner says what died, and a restart sends no second one', async () => {
  await publish(owner)
  await expect
    .poll(async () => (await open(owner))[0]?.says, SOON)
    .toBe(`Push gave up ${READERS} deliveries.`)
  expect((await open(owner))[0]).toMatchObject({
    about: 'push.dead',
    sample: expect.stringContaining('418'),
    link: '/editor/parts#dead',
  })
  await expect.poll(told, SOON).toEqual([OWNER.email, EDITOR.email].sort())
  await server.kill()
  server = await startServer({ dataDir, port: server.port, env: far.env })
  await publish(owner, { movie: { title: 'Ran', year: 1985, genres: ['Drama'] } })
  await expect
    .poll(async () => (await open(owner))[0]?.says, SOON)
    .toBe(`Push gave up ${2 * READERS} deliveries.`)
  expect(await told()).toHaveLength(2)
})

it('stays at the desk until somebody dismisses it, for that person', async () => {
  const page = await atTheDesk(server.url, OWNER)
  const line = page.getByRole('region', { name: 'Needs attention' })
  await expect
    .poll(() => line.textContent(), SOON)
    .toContain(`Push gave up ${2 * READERS} deliveries.`)
  await page.goto(`${server.url}/editor/parts`)
  await alive(page)
  expect(await line.textContent()).toContain('send them again or skip them')
  expect(
    await page
      .getByRole('img', { name: /^Push in the last hour: 0 delivered, 600 failed/ })
      .count(),
  ).toBe(1)
  const failed = page.getByRole('table', { name: 'Failed deliveries' }).getByRole('row').nth(1)
  await failed.getByText('Preview').click()
  await expect
    .poll(() => failed.locator('pre').textContent(), SOON)
    .toMatch(/Seen twice\. By Ines Okafor[\s\S]*"type": "ReviewPublished"/)
  expect(await failed.locator('pre').textContent()).not.toContain(far.push.origin)
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(
    violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => [id, nodes.map(node => node.html)]),
  ).toEqual([])
  await page.route('**/api/alerts', async route => {
    const { items } = (await (await route.fetch()).json()) as { items: object[] }
    await route.fulfill({
      json: { items: items.map(item => ({ ...item, sample: 'The token has expired.' })) },
    })
  })
  await expect
    .poll(() => line.textContent(), SOON)
    .toContain('The token has expired. Read the reason')
  await page.unrouteAll()
  await line.getByRole('button', { name: /^Dismiss/ }).click()
  await expect.poll(() => line.textContent(), SOON).toBe('')
  expect([await open(owner), (await open(editor)).length]).toEqual([[], 1])
})

it('replays only after showing what would be sent', async () => {
  const page = await atTheDesk(server.url, OWNER)
  await page.goto(`${server.url}/editor/parts`)
  await alive(page)
  await page.getByLabel('Channel', { exact: true }).selectOption('email')
  await page.getByLabel('From', { exact: true }).selectOption('The first review')
  await far.letIn(owner, { push: 0, mail: 3 })
  await page.getByRole('button', { name: 'Show what would be sent' }).click()
  // Readers who joined after the event are not notified, replayed or not.
  await page.getByText('Nothing to send: Email has sent it all.').waitFor()
  await page.route('**/api/parts/email/replay', route =>
    route.fulfill({
      json: {
        count: 3,
        items: [{ reviewId: 'r', title: 'Seen twice', type: 'ReviewPublished', recipients: 3 }],
      },
    }),
  )
  await page.getByRole('button', { name: 'Show what would be sent' }).click()
  await expect
    .poll(() => page.getByRole('list', { name: 'What would be sent' }).textContent(), SOON)
    .toBe('Seen twice: a review is published, 3 recipients')
})

it('says that it is over when all were sent again, and sends no alert about that', async () => {
  for (const { id } of await far.push.subscribeMany(0)) await far.push.behave(id)
  for (let n = 1; n <= READERS; n++) await far.push.behave(`s${n}`)
  expect((await editor('/api/dead-letters/redrive', { body: { part: 'push' } })).body).toEqual({
    again: 2 * READERS,
  })
  await expect.poll(() => open(editor), SOON).toEqual([])
  await expect.poll(async () => (await told()).length, { timeout: 90_000, interval: 500 }).toBe(4)
  expect((await owner('/api/dead-letters')).body.items).toEqual([])
}, 120_000)

it.each<[string, () => Caller, string, unknown, number]>([
  ['nobody', () => caller(server.url), '/api/alerts', undefined, 401],
  ['an alert that is not open', () => owner, '/api/alerts/push.dead/dismiss', {}, 404],
  [
    'a name that is none',
    () => owner,
    `/api/alerts/${encodeURIComponent('../x')}/dismiss`,
    {},
    404,
  ],
  [
    'something to dismiss besides',
    () => owner,
    '/api/alerts/push.dead/dismiss',
    { all: true },
    422,
  ],
  ['a letter that is not dead', () => owner, '/api/dead-letters/1', undefined, 404],
  ['a letter of no number', () => owner, '/api/dead-letters/first', undefined, 404],
  [
    'all letters of an unknown part',
    () => owner,
    '/api/dead-letters/redrive',
    { part: 'pigeons' },
    422,
  ],
  [
    'all letters of several parts',
    () => owner,
    '/api/dead-letters/redrive',
    { part: ['push'] },
    422,
  ],
])('refuses %s', async (_, who, path, body, status) => {
  expect((await who()(path, { body, headers: { origin: server.url } })).status).toBe(status)
})

it('is not shown to critics', async () => {
  const critic = await signIn(server.url, CRITIC)
  for (const path of ['/api/alerts', '/api/dead-letters/1'])
    expect((await critic(path)).status).toBe(403)
})
