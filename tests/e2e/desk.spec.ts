/** The operators' desk in a real browser: the run sheet, paused parts, dead letters sent again, and previewed counts that come true. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type Caller, caller, cookieOf, makeOwner, OWNER } from '../support/account'
import { browser } from '../support/browser'
import { alive } from '../support/desk'
import { publish } from '../support/publish'
import { startServer, type TestServer } from '../support/server'
import { type RemotePushService, spawnPushService } from '../support/spawn-push-service'

const SOON = { timeout: 20_000 }
const folder = mkdtempSync(join(tmpdir(), 'mymovies-desk-'))
let service: RemotePushService
let server: TestServer
let owner: Caller
let cookie: string

beforeAll(async () => {
  service = await spawnPushService()
  writeFileSync(join(folder, 'push-service.pem'), service.cert)
  server = await startServer({
    env: {
      NUXT_ALLOW_TARGETS: `push:${new URL(service.origin).host}`,
      NODE_EXTRA_CA_CERTS: join(folder, 'push-service.pem'),
    },
  })
  owner = await makeOwner(server.url)
  cookie = cookieOf(
    await caller(server.url)('/api/auth/sign-in/email', {
      body: { email: OWNER.email, password: OWNER.password },
    }),
  )
})
afterAll(async () => {
  await server.kill()
  await service.close()
  rmSync(folder, { recursive: true })
})

async function desk(path: string): Promise<Page> {
  const context = await (await browser()).newContext()
  const page = await context.newPage()
  const [name, value] = cookie.split('=') as [string, string]
  await context.addCookies([{ name, value, url: server.url }])
  onTestFinished(() => context.close())
  await page.goto(server.url + path)
  await alive(page)
  return page
}

async function readers(lines: object[]) {
  const { body } = await owner('/api/readers/import', {
    body: lines.map(line => JSON.stringify(line)).join('\n'),
    headers: { 'content-type': 'application/x-ndjson' },
  })
  expect(body).toMatchObject({ imported: lines.length, skipped: [] })
}

const deliveries = async (id: string) => (await owner(`/api/reviews/${id}/deliveries`)).body
const row = (page: Page, name: string) =>
  page.getByRole('table', { name: 'Channels' }).getByRole('row').filter({ hasText: name })

/** A film with its own genre, so that only the readers of one test are notified. */
const film = (genre: string) => ({ movie: { title: `A ${genre}`, year: 1950, genres: [genre] } })
const wants = (genre: string) => ({ wants: { genres: [genre] } })

it('shows what happened, updates itself, and never looks full before all were notified', async () => {
  const [good, slow, left] = await service.subscribeMany(3)
  await readers([
    ...[good, slow, left].map(reader => ({ subscription: reader!.subscription, ...wants('Noir') })),
    { email: 'noir@example.com', confirmedAt: '2026-01-01T00:00:00Z', ...wants('Noir') },
  ])
  await service.behave(slow!.id, { status: 500, times: 2 })
  await service.unsubscribe(left!.id)
  const { id } = await publish(owner, film('Noir'))
  const page = await desk(`/editor/${id}`)
  const region = page.getByRole('region', { name: 'What happened' })
  const line = (name: string) => region.getByRole('listitem').filter({ hasText: name })
  await expect
    .poll(() => line('The log').textContent(), SOON)
    .toMatch(/Saved[\s\S]*at \d\d:\d\d[\s\S]*ReviewPublished, position \d+/)
  await expect
    .poll(() => line('Push').textContent(), SOON)
    .toMatch(/Retrying[\s\S]*answered 500[\s\S]*Next try/)
  expect(await line('Push').locator('.mark-light').getAttribute('width').then(Number)).toBeLessThan(
    46,
  )
  const order = await region.locator('.who').allInnerTexts()
  await expect
    .poll(() => line('Push').textContent(), SOON)
    .toMatch(/Sent[\s\S]*1 reader not notified: .*410/)
  expect(await region.locator('.who').allInnerTexts()).toEqual(order)
  await expect.poll(() => line('Email').textContent(), SOON).toContain('Sent')
  await expect
    .poll(() => region.getByRole('status').textContent(), SOON)
    .toBe(
      'Everyone was notified, except one reader and one reader whose email is kept in the outbox.',
    )
})

it('shows the outcome of the newest event, not of earlier ones, including the front page', async () => {
  const reader = await service.subscribe()
  await readers([
    { subscription: reader.subscription, ...wants('Silent') },
    { email: 'silent@example.com', confirmedAt: '2026-01-01T00:00:00Z', ...wants('Silent') },
  ])
  const { id } = await publish(owner, film('Silent'))
  const lineOf = async (part: string) =>
    (await deliveries(id)).lines.find((line: { part: string }) => line.part === part)
  await expect.poll(() => lineOf('email'), SOON).toMatchObject({ state: 'Sent', told: 1, of: 1 })
  expect(
    (await owner(`/api/reviews/${id}/fix`, { body: { summary: 'Spelled as it should be.' } }))
      .status,
  ).toBe(202)
  await expect
    .poll(() => lineOf('push'), SOON)
    .toMatchObject({ state: 'Not changed', say: expect.stringContaining('typo') })
  expect((await lineOf('email')).told).toBeUndefined()
  expect((await lineOf('front-page')).say).toBe('The list shows the new text; no page was open')
  expect((await deliveries(id)).earlier).toMatchObject([
    {
      event: { type: 'ReviewPublished' },
      lines: [
        { told: 1, of: 1 },
        { told: 1, of: 1 },
      ],
    },
  ])
  const page = await desk(`/editor/${id}`)
  const region = page.getByRole('region', { name: 'What happened' })
  await expect
    .poll(() => region.getByRole('status').textContent(), SOON)
    .toBe('The site is updated. Nobody was notified.')
  await region.getByText('Publication, earlier').click()
  await expect
    .poll(() => region.getByRole('listitem').filter({ hasText: 'Email' }).last().textContent())
    .toMatch(/Sent[\s\S]*1 of 1/)
})

it('sends failed deliveries again from their line', async () => {
  const reader = await service.subscribe()
  await readers([{ subscription: reader.subscription, ...wants('Fantasy') }])
  await service.behave(reader.id, { status: 418 })
  const { id } = await publish(owner, film('Fantasy'))
  const page = await desk(`/editor/${id}`)
  const push = page
    .getByRole('region', { name: 'What happened' })
    .getByRole('listitem')
    .filter({ hasText: 'Push' })
  await expect.poll(() => push.textContent(), SOON).toMatch(/Failed[\s\S]*answered 418/)
  await service.behave(reader.id)
  await push.getByRole('button', { name: 'Send again' }).click()
  await expect.poll(() => push.textContent(), SOON).toMatch(/Sent[\s\S]*1 of 1/)
})

it('pauses and resumes a part, and what was waiting is sent', async () => {
  const reader = await service.subscribe()
  const told = async () =>
    (await service.state()).received.filter(message => message.id === reader.id).length
  await readers([{ subscription: reader.subscription, ...wants('Romance') }])
  const page = await desk('/editor/parts')
  await page.getByRole('button', { name: 'Pause Push' }).click()
  await page.getByRole('button', { name: 'Resume Push' }).waitFor()
  expect(await row(page, 'Push').textContent()).toContain('Paused')
  const { id } = await publish(owner, film('Romance'))
  await expect
    .poll(
      async () =>
        (await deliveries(id)).lines.find((line: { part: string }) => line.part === 'push'),
      SOON,
    )
    .toMatchObject({ state: 'Waiting', told: 0, of: 1 })
  expect(await told()).toBe(0)
  await page.getByRole('button', { name: 'Resume Push' }).click()
  await page.getByRole('button', { name: 'Pause Push' }).waitFor()
  await expect.poll(told, SOON).toBe(1)
})

it('lists failed deliveries with their reason, sends one again and skips another', async () => {
  const two = await service.subscribeMany(2)
  await readers(two.map(({ subscription }) => ({ subscription, ...wants('War') })))
  for (const { id } of two) await service.behave(id, { status: 418 })
  const { id } = await publish(owner, film('War'))
  const page = await desk('/editor/parts')
  const rows = page
    .getByRole('table', { name: 'Failed deliveries' })
    .getByRole('row')
    .filter({ hasText: 'On A War' })
  await expect.poll(() => rows.count(), SOON).toBe(2)
  expect(await rows.first().textContent()).toContain('answered 418')
  for (const reader of two) await service.behave(reader.id)
  await rows.first().getByRole('button', { name: 'Send again' }).click()
  await expect.poll(() => rows.count(), SOON).toBe(1)
  await rows.getByRole('textbox').fill('they know already')
  await rows.getByRole('button', { name: 'Skip' }).click()
  await expect.poll(() => rows.count(), SOON).toBe(0)
  await expect
    .poll(
      async () =>
        (await deliveries(id)).parts.find((part: { part: string }) => part.part === 'push'),
      SOON,
    )
    .toMatchObject({
      accepted: 1,
      suppressed: 1,
      dead: 0,
      reason: expect.stringContaining('they know already'),
    })
})

describe('replay', () => {
  const replay = (name: string, body: unknown) => owner(`/api/parts/${name}/replay`, { body })

  it('notifies nobody twice', async () => {
    const reader = await service.subscribe()
    await readers([{ subscription: reader.subscription, ...wants('Animation') }])
    const { id, event } = await publish(owner, film('Animation'))
    await expect.poll(async () => (await deliveries(id)).settled, SOON).toBe(true)
    const { planned } = (await deliveries(id)).parts.find(
      (part: { part: string }) => part.part === 'push',
    )
    expect((await replay('push', { from: event.position, dryRun: true })).body).toEqual({
      items: [],
      count: 0,
      skipped: planned,
    })
    expect((await replay('push', { from: event.position })).body).toEqual({
      planned: 0,
      alreadyTold: planned,
      skipped: planned,
    })
    const fromZero = (await replay('push', { from: 0, dryRun: true })).body
    expect(fromZero).toEqual((await replay('push', { from: 1, dryRun: true })).body)
  })

  it.each([
    ['an unknown part', 'pigeons', { from: 1 }, 404],
    ['a read model, which only a dry run can try', 'latest_reviews', { from: 1 }, 422],
    ['no position', 'push', {}, 422],
    ['a position before the first', 'push', { from: -1 }, 422],
    ['half a position', 'push', { from: 1.5 }, 422],
    ['words', 'push', { from: 'the start' }, 422],
    ['what is not written yet', 'push', { from: 1_000_000 }, 422],
    ['a dry run that is neither', 'push', { from: 1, dryRun: 'perhaps' }, 422],
    ['something else besides', 'push', { from: 1, to: 2 }, 422],
  ])('refuses %s', async (_, name, body, status) => {
    expect((await replay(name, body)).status).toBe(status)
  })
})

/** Cells of a table that have content but are invisible at this width. */
const cut = (page: Page, table: string) =>
  page.getByRole('table', { name: table }).evaluate(drawn => {
    const room = drawn.closest('.scroll')!.getBoundingClientRect()
    const acts = [...drawn.querySelectorAll('td.act button')].map(act =>
      act.getBoundingClientRect(),
    )
    return [...drawn.querySelectorAll('tbody :is(th, td):not(.act)')]
      .filter(cell => {
        const words = document.createRange()
        const shown = [...cell.childNodes].filter(
          node => !(node instanceof HTMLElement && node.classList.contains('hidden')),
        )
        return shown
          .flatMap(node => {
            words.selectNode(node)
            return [...words.getClientRects()]
          })
          .some(
            line =>
              line.width > 1 &&
              (line.right > room.right + 1 ||
                acts.some(
                  act =>
                    line.right > act.left &&
                    line.left < act.right &&
                    line.bottom > act.top &&
                    line.top < act.bottom,
                )),
          )
      })
      .map(cell => cell.textContent)
  })

it.each([320, 390, 768, 1000, 1440])(
  'cuts nothing of the channels and of the event map in a window %i wide',
  async width => {
    const reader = await service.subscribe()
    await readers([{ subscription: reader.subscription, ...wants(`Wide ${width}`) }])
    await service.behave(reader.id, { status: 418 })
    await publish(owner, film(`Wide ${width}`))
    const page = await desk('/editor/parts')
    await page.setViewportSize({ width, height: 900 })
    await page
      .getByRole('row')
      .filter({ hasText: /Push.*answered 418/ })
      .first()
      .waitFor()
    expect(await cut(page, 'Channels')).toEqual([])
    await page.goto(`${server.url}/editor/event-map`)
    expect(await cut(page, 'Which event reaches whom')).toEqual([])
    const widths = await page
      .getByRole('columnheader')
      .evaluateAll(heads =>
        heads.slice(1).map(head => Math.round(head.getBoundingClientRect().width)),
      )
    expect(Math.max(...widths) - Math.min(...widths)).toBeLessThanOrEqual(1)
  },
)

it('draws the event map from what the channels listen to', async () => {
  const page = await desk('/editor/event-map')
  const figure = page.getByRole('figure', { name: 'Event map' })
  expect(await figure.getByRole('columnheader').allInnerTexts()).toEqual(
    expect.arrayContaining(['Event', 'Front page', 'Push', 'Email', 'Feeds']),
  )
  const published = figure
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: 'ReviewPublished' }) })
  expect(new Set(await published.locator('td .hidden').allTextContents())).toEqual(
    new Set(['notified', 'not set up']),
  )
  const fixed = figure
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: 'ReviewFixed' }) })
  expect(await fixed.locator('td .hidden').allTextContents()).toContain('nothing')
})

it('lets an owner add a critic, who can then sign in', async () => {
  const page = await desk('/editor/people')
  await page.waitForFunction(() => '__vue_app__' in document.querySelector('#__nuxt')!)
  await page.getByLabel('Name').fill('Omar Diaz')
  await page.getByLabel('Email').fill('omar@example.org')
  await page.getByLabel('First password').fill('nine rows back')
  await page.getByRole('button', { name: 'Add' }).click()
  await page.getByRole('row').filter({ hasText: 'Omar Diaz' }).waitFor()
  const signIn = async (password: string) =>
    (
      await caller(server.url)('/api/auth/sign-in/email', {
        body: { email: 'omar@example.org', password },
      })
    ).status
  expect(await signIn('nine rows back')).toBe(200)

  await page.getByRole('button', { name: 'Change Omar Diaz' }).click()
  await page.getByRole('row').getByLabel('New password').fill('short')
  await page.getByRole('button', { name: 'Save the password' }).click()
  await page.getByText('must have at least 8 characters').waitFor()
  await page.getByRole('row').getByLabel('New password').fill('ten rows back')
  await page.getByRole('button', { name: 'Save the password' }).click()
  await page.getByText('Omar Diaz has a new password').waitFor()
  expect([await signIn('nine rows back'), await signIn('ten rows back')]).toEqual([401, 200])
  await page.getByRole('button', { name: 'Change Omar Diaz' }).click()
  await page.getByRole('row').getByLabel('Role').selectOption('editor')
  await page.getByRole('button', { name: 'Save the role' }).click()
  await page.getByText('Omar Diaz is now editor.').waitFor()
  await page.getByRole('button', { name: 'Change Omar Diaz' }).click()
  await page.getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('button', { name: 'Remove Omar Diaz' }).click()
  await page.getByText('Omar Diaz can no longer sign in.').waitFor()
  expect(await signIn('ten rows back')).toBe(401)
})

it.each(['/editor/parts', '/editor/event-map', '/editor/people'])(
  '%s has no serious fault for axe',
  async path => {
    const page = await desk(path)
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(
      violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => [id, nodes.map(node => node.html)]),
    ).toEqual([])
  },
)

/** Runs last, because some of its readers want every review. */
it('previews how many each part will notify, and the ledger agrees', async () => {
  const kinds = [
    {},
    { genres: ['Western'] },
    { genres: ['Musical'] },
    { minRating: 4.5 },
    { minRating: 3, genres: ['Western', 'Drama'] },
    { frequency: 'daily', hour: 7 },
  ]
  const subscribers = await service.subscribeMany(15)
  await readers(
    Array.from({ length: 30 }, (_, i) => ({
      wants: kinds[i % kinds.length],
      ...(i < 15
        ? { subscription: subscribers[i]!.subscription }
        : { email: `r${i}@example.com`, confirmedAt: '2026-01-01T00:00:00Z' }),
    })),
  )
  const draft = await owner('/api/reviews', {
    body: {
      title: 'On Shane',
      movie: { title: 'Shane', year: 1953, genres: ['Western'] },
      rating: 4,
      summary: 'Rode twice.',
      body: 'Come back.',
    },
  })
  const { id } = draft.body
  const preview = (await owner(`/api/reviews/${id}/preview`, { body: {} })).body.parts
    .filter((part: { off?: string }) => !part.off)
    .map(({ part, count, later }: { part: string; count: number; later: number }) => ({
      part,
      planned: count + later,
    }))
  expect(preview).toEqual(
    expect.arrayContaining([
      { part: 'push', planned: 10 },
      { part: 'email', planned: 10 },
    ]),
  )
  await owner(`/api/reviews/${id}/publish`, { body: {} })
  await expect
    .poll(
      async () =>
        (await deliveries(id)).parts.map(
          ({ part, planned }: { part: string; planned: number }) => ({ part, planned }),
        ),
      SOON,
    )
    .toEqual(expect.arrayContaining(preview.filter(({ planned }: { planned: number }) => planned)))
  await expect.poll(async () => (await deliveries(id)).settled, SOON).toBe(true)
})
