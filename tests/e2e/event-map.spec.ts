/** The event map in a real browser: a picture with what flows there now, that the keyboard can use. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Caller, caller, cookieOf, makeOwner, OWNER, signIn } from '../support/account'
import { browser } from '../support/browser'
import { publish } from '../support/publish'
import { startServer, type TestServer } from '../support/server'

let server: TestServer
let owner: Caller
let critic: Caller
let cookie: string
let reviewId: string

beforeAll(async () => {
  server = await startServer()
  owner = await makeOwner(server.url)
  const omar = { email: 'omar@example.org', password: 'nine rows back from there' }
  await owner('/api/people', { body: { ...omar, name: 'Omar', role: 'critic' } })
  critic = await signIn(server.url, omar)
  cookie = cookieOf(await caller(server.url)('/api/auth/sign-in/email', { body: OWNER }))
  reviewId = (await publish(owner)).id
  await owner(`/api/reviews/${reviewId}/fix`, { body: { summary: 'Seen three times.' } })
})
afterAll(() => server?.kill())

async function open(path: string, width = 1440): Promise<Page> {
  const context = await (await browser()).newContext({ viewport: { width, height: 900 } })
  const [name, value] = cookie.split('=') as [string, string]
  await context.addCookies([{ name, value, url: server.url }])
  const page = await context.newPage()
  await page.goto(server.url + path)
  return page
}

it('counts events, and says how far each listener is behind', async () => {
  const { events, listeners, traffic } = (await owner('/api/desk/event-map')).body
  expect(traffic.events).toEqual({ ReviewDrafted: 1, ReviewPublished: 1, ReviewFixed: 1 })
  expect(traffic.listeners.latest_reviews).toMatchObject({ lag: 0 })
  expect(events.map((event: { command: string }) => event.command)).toContain('CorrectReview')
  expect(listeners.map((one: { kind: string }) => one.kind)).toEqual(
    expect.arrayContaining(['read model', 'channel', 'stream']),
  )
  await owner(`/api/reviews/${reviewId}/fix`, { body: { summary: 'Seen four times.' } })
  expect((await owner('/api/desk/event-map')).body.traffic.events.ReviewFixed).toBe(2)
})

it('tells editors the last ten events of a type, newest first, and nobody else', async () => {
  const path = '/api/desk/events/ReviewFixed'
  for (let n = 0; n < 11; n++)
    await owner(`/api/reviews/${reviewId}/fix`, { body: { summary: `Seen ${n} times more.` } })
  const { items } = (await owner(path)).body
  expect(items).toHaveLength(10)
  expect(items[0]).toMatchObject({ reviewId, title: 'On The Third Man', actor: OWNER.name })
  const positions = items.map((item: { position: number }) => item.position)
  expect(positions).toEqual(positions.toSorted((a: number, b: number) => b - a))
  expect((await critic(path)).status).toBe(403)
  expect((await owner('/api/desk/events/ReviewEaten')).status).toBe(404)
})

it('tells strangers nothing of what flows there, or what is set up', async () => {
  const { body } = await caller(server.url)('/api/event-map')
  expect(body.traffic).toBeUndefined()
  expect(body.notSetUp).toEqual([])
  expect(body.listeners.length).toBeGreaterThan(10)
})

it('an event is opened by the keyboard, down to the last ten', async () => {
  const page = await open('/editor/event-map')
  await page.getByRole('link', { name: 'A review is published' }).first().focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/#ReviewPublished$/)
  const section = page.locator('section#ReviewPublished')
  await section.getByRole('link', { name: 'its JSON Schema' }).waitFor()
  await page.waitForFunction(() => '__vue_app__' in document.querySelector('#__nuxt')!)
  await section.getByText('The last ten').focus()
  await page.keyboard.press('Enter')
  await section.getByRole('link', { name: 'On The Third Man' }).waitFor()
})

it('the picture moves when something happens', async () => {
  const page = await open('/editor/event-map')
  const count = page.locator('svg.wide .count').nth(4)
  await page.waitForFunction(() => '__vue_app__' in document.querySelector('#__nuxt')!)
  const title = 'in the log: A review is archived'
  expect(await page.locator('svg.wide').textContent()).toContain(`0 ${title}`)
  await owner(`/api/reviews/${reviewId}/archive`, { body: { reason: 'A slip.' } })
  await expect
    .poll(() => page.locator('svg.wide').textContent(), { timeout: 12_000 })
    .toContain(`1 ${title}`)
  expect(await count.isVisible()).toBe(true)
})

it.each([
  ['/editor/event-map', 390],
  ['/editor/event-map', 1440],
  ['/developers', 390],
  ['/developers', 768],
  ['/developers', 1440],
] as const)(
  '%s at %i px: one picture, no sideways scroll, no fault for axe',
  async (path, width) => {
    const page = await open(path, width)
    const figure = page.getByRole('figure', { name: 'Event map' })
    expect(await figure.locator('.event-map > svg:visible').count()).toBe(1)
    const { scroll, inner } = await page.evaluate(() => ({
      scroll: document.documentElement.scrollWidth,
      inner: innerWidth,
    }))
    expect(scroll).toBeLessThanOrEqual(inner)
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes[0]!.html])).toEqual([])
  },
)
