/** Push notifications, from the button on the page to the notification on the screen: built server, real Chromium, a push service that decrypts what it gets. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Caller, makeOwner, withToken } from '../support/account'
import { browser } from '../support/browser'
import { openBrowser } from '../support/push-in-browser'
import { startServer, type TestServer } from '../support/server'
import { type RemotePushService, spawnPushService } from '../support/spawn-push-service'

/** A generous limit for a busy machine; nothing waits longer than it takes. */
const SOON = { timeout: 10_000 }
const folder = mkdtempSync(join(tmpdir(), 'mymovies-push-'))
let service: RemotePushService
let server: TestServer
let critic: Caller

beforeAll(async () => {
  service = await spawnPushService()
  writeFileSync(join(folder, 'push-service.pem'), service.cert)
  server = await startServer({
    env: {
      NUXT_ALLOW_TARGETS: `push:${new URL(service.origin).host}`,
      NODE_EXTRA_CA_CERTS: join(folder, 'push-service.pem'),
    },
  })
  critic = await makeOwner(server.url)
})
afterAll(async () => {
  await server.kill()
  await service.close()
  rmSync(folder, { recursive: true })
})

const texts = async () => (await service.state()).received.map(message => message.text)

async function draft(title: string, rating = 4.5): Promise<string> {
  const { status, body } = await critic('/api/reviews', {
    body: {
      title: `About ${title}`,
      movie: { title, year: 1949 },
      rating,
      summary: 'Everyone in Vienna is selling something.',
      body: 'Words.',
    },
  })
  expect([status, body]).toMatchObject([201, {}])
  return body.id
}
const change = async (id: string, how: string, body: object = {}) =>
  expect((await critic(`/api/reviews/${id}/${how}`, { body })).status).toBe(202)

it('is turned on by a press, comes with each review, is replaced by a correction, and is turned off by a press', async () => {
  const { context, subscribers, deliver, shown } = await openBrowser(
    await browser(),
    server.url,
    service,
  )
  const page = await context.newPage()
  const complaints: string[] = []
  page.on(
    'console',
    message =>
      message.type() === 'error' &&
      /notifications|\/sw\.js|\/api\//.test(message.location().url) &&
      complaints.push(`${message.text()} ${message.location().url}`),
  )
  page.on('pageerror', error => complaints.push(error.message))
  await page.goto('/')
  await page.getByRole('button', { name: 'Turn on notifications' }).click()
  await page.getByRole('button', { name: 'Turn off notifications' }).waitFor()
  expect(subscribers).toHaveLength(1)

  const id = await draft('The Third Man')
  await change(id, 'publish')
  await expect.poll(texts, SOON).toHaveLength(1)
  await deliver(page, (await texts())[0]!)
  await expect
    .poll(() => shown(page), SOON)
    .toEqual([
      {
        title: 'The Third Man, 4½',
        body: 'Everyone in Vienna is selling something. By Ines Okafor',
        tag: id,
        silent: false,
        navigate: expect.stringContaining('/reviews/'),
      },
    ])

  await change(id, 'correct', { rating: 5, note: 'It deserves the last half.' })
  await expect.poll(texts, SOON).toHaveLength(2)
  await deliver(page, (await texts())[1]!)
  await expect
    .poll(() => shown(page), SOON)
    .toEqual([
      expect.objectContaining({
        title: 'The Third Man, 5',
        body: 'Corrected: It deserves the last half. By Ines Okafor',
        tag: id,
        silent: true,
      }),
    ])

  await page.reload()
  await page.getByRole('button', { name: 'Turn off notifications' }).click()
  await page.getByRole('button', { name: 'Turn on notifications' }).waitFor()
  const next = await draft('Heat')
  await change(next, 'publish')
  await expect
    .poll(async () => (await critic(`/api/reviews/${next}/history`)).body.items.length, SOON)
    .toBeGreaterThan(1)
  expect(await texts()).toHaveLength(2)
  expect((await service.state()).violations).toEqual([])
  expect(complaints).toEqual([])
  await context.close()
})

it('follows the choices on the page, those at the time it is turned on and later ones', async () => {
  const { context, subscribers } = await openBrowser(await browser(), server.url, service)
  const page = await context.newPage()
  const least = page.getByLabel('Only reviews rated at least')
  const told = async () =>
    (await service.state()).received
      .filter(message => message.id === subscribers[0]?.id)
      .map(message => JSON.parse(message.text).notification.title)
  await page.goto('/subscribe')
  await least.fill('5')
  await page.getByRole('button', { name: 'Turn on notifications' }).click()
  await page.getByRole('button', { name: 'Turn off notifications' }).waitFor()
  await change(await draft('Alien', 4.5), 'publish')
  await change(await draft('Ran', 5), 'publish')
  await expect.poll(told, SOON).toEqual(['Ran, 5'])

  const saved = page.waitForResponse(
    answer => answer.url().endsWith('/api/subscriptions/push') && answer.status() === 200,
  )
  await least.fill('3')
  await saved
  await change(await draft('Stalker', 3.5), 'publish')
  await expect.poll(told, SOON).toEqual(['Ran, 5', 'Stalker, 3½'])
  await context.close()
})

it('notifies a thousand readers of one review, each once, over one connection', async () => {
  const script = await withToken(server.url, critic, ['readers'])
  const subscribers = await service.subscribeMany(1000)
  const imported = await script('/api/readers/import', {
    body: subscribers.map(({ subscription }) => JSON.stringify({ subscription })).join('\n'),
    headers: { 'content-type': 'application/x-ndjson' },
  })
  expect(imported).toMatchObject({ status: 200, body: { imported: 1000, skipped: [] } })
  await service.clear()
  const { connections } = await service.state()
  const ids = new Set(subscribers.map(({ id }) => id))
  const id = await draft('Playtime')
  await change(id, 'publish')
  const toldOf = ({ received }: { received: { id: string }[] }) =>
    received.filter(message => ids.has(message.id))
  await expect
    .poll(async () => toldOf(await service.state()).length, { timeout: 30_000, interval: 200 })
    .toBeGreaterThanOrEqual(1000)
  const state = await service.state()
  const told = toldOf(state)
  expect([told.length, new Set(told.map(message => message.id)).size, state.violations]).toEqual([
    1000,
    1000,
    [],
  ])
  expect(state.connections - connections).toBeLessThanOrEqual(1)
  const pushed = async () =>
    (await critic(`/api/reviews/${id}/deliveries`)).body.parts.find(
      ({ part }: { part: string }) => part === 'push',
    )
  await expect.poll(async () => (await pushed()).accepted, SOON).toBeGreaterThanOrEqual(1000)
  expect(await pushed()).toMatchObject({ dead: 0, suppressed: 0, retrying: 0 })
})

it('shows something for a message that nobody can read', async () => {
  const { context, deliver, shown } = await openBrowser(await browser(), server.url, service)
  const page = await context.newPage()
  await page.goto('/')
  await page.getByRole('button', { name: 'Turn on notifications' }).click()
  await page.getByRole('button', { name: 'Turn off notifications' }).waitFor()
  await deliver(page, '')
  await expect
    .poll(() => shown(page), SOON)
    .toMatchObject([{ title: 'MyMovies', body: 'A new review is out.' }])
  await context.close()
})

it('says where the browser setting is if the browser blocks it', async () => {
  const context = await (await browser()).newContext()
  const page = await context.newPage()
  await page.addInitScript(() =>
    Object.defineProperty(Notification, 'permission', { get: () => 'denied' }),
  )
  await page.goto(server.url)
  await page.getByText('You can allow notifications in your browser').waitFor()
  expect(await page.getByRole('button', { name: 'Turn on notifications' }).isDisabled()).toBe(true)
  await context.close()
})

it.each([
  ['a private address', { endpoint: 'https://127.0.0.1:1/x' }, 'subscription.endpoint'],
  ['an unknown host', { endpoint: 'https://example.com/x' }, 'subscription.endpoint'],
  [
    'a key off the curve',
    { keys: { p256dh: Buffer.alloc(65, 4).toString('base64url'), auth: 'BTBZMqHH6r4Tts7J_aSIgg' } },
    'subscription.keys.p256dh',
  ],
  ['a short secret', { keys: { auth: 'AAAA' } }, 'subscription.keys.auth'],
])(
  'refuses a subscription with %s and names the field',
  async (_, wrong: { endpoint?: string; keys?: object }, path) => {
    const { subscription } = await service.subscribe()
    const { status, body } = await critic('/api/subscriptions/push', {
      body: {
        subscription: { ...subscription, ...wrong, keys: { ...subscription.keys, ...wrong.keys } },
      },
    })
    expect(status).toBe(422)
    expect(body.errors.map((error: { path: string }) => error.path)).toContain(path)
  },
)
