/** An open page is as current as a fresh one: arrivals are shown at once, in their place, without moving the reader. */
import type { BrowserContext, Page } from 'playwright'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { type Caller, makeOwner } from '../support/account'
import { browser } from '../support/browser'
import { cuttableLink } from '../support/cuttable-link'
import { publish } from '../support/publish'
import { startServer, type TestServer } from '../support/server'

let server: TestServer
let ask: Caller
beforeAll(async () => {
  server = await startServer({ env: { NUXT_SEED: 'true' } })
  ask = await makeOwner(server.url)
})
afterAll(() => server.stop())

const IKIRU = { movie: { title: 'Ikiru', year: 1952, genres: ['Drama'] }, rating: 4.5 }

async function open(path = '/', context?: BrowserContext): Promise<Page> {
  const mine = context ?? (await (await browser()).newContext())
  const page = await mine.newPage()
  page.on('pageerror', error => {
    throw error
  })
  onTestFinished(async () => {
    await (context ? page.close() : mine.close())
  })
  await page.goto(server.url + path)
  return page
}
const isLive = (page: Page) =>
  expect.poll(() => page.textContent('.live'), { timeout: 10_000 }).toMatch(/^Live\./)
const first = (page: Page) => page.locator('.latest > li').first()
const places = (page: Page) =>
  page
    .locator('.latest > li')
    .evaluateAll(items => items.map(item => item.className.replace(/ ?arriving/, '')))

it('a new review comes first at once, with its cards, and the focus stays where it was', async () => {
  const page = await open()
  await isLive(page)
  const focused = page.locator('.latest > li').nth(2).getByRole('link')
  await focused.focus()
  const held = await focused.textContent()
  const { id } = await publish(ask, IKIRU)
  await expect.poll(() => first(page).getAttribute('data-id')).toBe(id)
  expect(await first(page).getByRole('link').textContent()).toBe('On Ikiru')
  expect(await first(page).locator('svg.wide').getAttribute('aria-label')).toBe(
    'Ikiru, 1952, Drama',
  )
  expect(await first(page).locator('.cue').count()).toBe(2)
  expect(await first(page).locator('.rating').textContent()).toBe('Rated 4½ out of 5')
  expect(await places(page)).toEqual([
    'lead',
    'second',
    'second',
    'second',
    ...Array.from({ length: 12 }, () => 'row'),
  ])
  expect(await page.locator('.latest > li:nth-child(n + 5) svg.card').count()).toBe(0)
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(held)
  expect(await page.textContent('main > [role=status]')).toBe(
    'New review: On Ikiru, by Ines Okafor',
  )
  expect(await page.textContent('.live')).toMatch(/^Live\. The last one came in at \d\d:\d\d\.$/)
})

it.each([IKIRU, { movie: { title: 'A film of no year', genres: [] } }])(
  'is drawn as the server draws it: $movie.title',
  async review => {
    const page = await open()
    await isLive(page)
    const { id, slug } = await publish(ask, review)
    await expect.poll(() => first(page).getAttribute('data-id')).toBe(id)
    await expect.poll(() => first(page).getAttribute('class')).toBe('lead') // the light has opened
    const fresh = await open()
    await isLive(fresh)
    const drawn = (of: Page, nth: number) =>
      of
        .locator('.latest > li')
        .nth(nth)
        .evaluate(item => {
          for (const element of item.querySelectorAll('*'))
            for (const { name } of [...element.attributes])
              if (name.startsWith('data-v-') || (name === 'class' && !element.className))
                element.removeAttribute(name)
          return item.innerHTML
            .replaceAll(/<!--.*?-->/g, '')
            .replaceAll(/class="card ?"/g, 'class="card"')
            .replaceAll(/ (?:role|aria-label|class|focusable)="[^"]*"/g, '')
        })
    for (const nth of [0, 1, 4]) expect(await drawn(page, nth)).toBe(await drawn(fresh, nth))
    for (const path of [
      '/',
      `/reviews/${slug}`,
      '/movies',
      '/feed.xml',
      '/atom.xml',
      '/feed.json',
      '/sitemap.xml',
      '/search?q=Ikiru',
    ])
      expect([path, await (await fetch(server.url + path)).text()]).toEqual([
        path,
        expect.not.stringMatching(/undefined|NaN/),
      ])
  },
)

it('readers further down keep their place, and see a notice at the top', async () => {
  const page = await open()
  await isLive(page)
  await page.evaluate(() => scrollTo(0, 1500))
  const at = () =>
    page
      .locator('.latest > li', { hasText: 'The twigs do all the work' })
      .evaluate(item => Math.round(item.getBoundingClientRect().top))
  const before = await at()
  const { id } = await publish(ask, IKIRU)
  await expect.poll(() => first(page).getAttribute('data-id')).toBe(id)
  expect(Math.abs((await at()) - before)).toBeLessThanOrEqual(1)
  await expect.poll(() => page.locator('.news').textContent()).toMatch(/New:\s*On Ikiru\s*Ikiru/)
  await page.evaluate(() => scrollTo(0, 0))
  await expect.poll(() => page.locator('.news').isVisible()).toBe(false)
})

it('a fix changes words in place, an archived review disappears at once, a restored one returns to its place', async () => {
  const page = await open()
  await isLive(page)
  const { id } = await publish(ask, IKIRU)
  await expect.poll(() => first(page).getAttribute('data-id')).toBe(id)
  await ask(`/api/reviews/${id}/fix`, { body: { title: 'A swing, in the snow' } })
  await expect.poll(() => first(page).getByRole('link').textContent()).toBe('A swing, in the snow')
  const next = await publish(ask)
  await expect.poll(() => first(page).getAttribute('data-id')).toBe(next.id)
  await ask(`/api/reviews/${id}/archive`, { body: { reason: 'The wrong cut.' } })
  await expect.poll(() => page.locator(`[data-id="${id}"]`).count()).toBe(0)
  expect((await places(page)).slice(0, 5)).toEqual(['lead', 'second', 'second', 'second', 'row'])
  expect(await page.locator('.latest > li').nth(3).locator('svg.card').count()).toBe(1)
  await ask(`/api/reviews/${id}/restore`, { body: {} })
  await expect.poll(() => page.locator('.latest > li').nth(1).getAttribute('data-id')).toBe(id)
})

it('an open review shows its correction, then that it was archived', async () => {
  const { id, slug } = await publish(ask, IKIRU)
  const page = await open(`/reviews/${slug}`)
  const button = page.getByRole('button', { name: 'Turn on notifications' })
  await button.evaluate(element => {
    element.dataset.same = 'yes'
  })
  await ask(`/api/reviews/${id}/correct`, { body: { rating: 4, note: 'The rating was a slip.' } })
  await expect
    .poll(() => page.locator('.correction').allTextContents(), { timeout: 8000 })
    .toEqual([expect.stringContaining('The rating was a slip.')])
  expect(await page.locator('.word').textContent()).toContain('Go tonight')
  expect(await button.getAttribute('data-same')).toBe('yes')
  await ask(`/api/reviews/${id}/archive`, { body: { reason: 'The wrong cut.' } })
  await expect
    .poll(() => page.locator('h1').textContent(), { timeout: 8000 })
    .toBe('This review was withdrawn')
  expect(await page.locator('main').textContent()).toContain('The wrong cut.')
})

it('does not load scripts before they are needed: for arrivals and for the notifications button', async () => {
  const context = await (await browser()).newContext()
  const sent: string[] = []
  onTestFinished(() => context.close())
  context.on('request', request => sent.push(new URL(request.url()).pathname))
  const page = await open('/', context)
  const button = page.getByRole('button', { name: 'Turn on notifications' })
  await isLive(page)
  expect(sent.filter(path => path.endsWith('.js')).sort()).toEqual(
    expect.arrayContaining(['/live.js', '/theme.js']),
  )
  expect(sent).not.toContain('/front-page.js')
  expect(sent).not.toContain('/notifications.js')
  await button.scrollIntoViewIfNeeded()
  await expect.poll(() => sent).toContain('/notifications.js')
})

it('pressing the notifications button before its script has loaded is not lost', async () => {
  const context = await (await browser()).newContext()
  onTestFinished(() => context.close())
  await context.addInitScript(() => {
    Object.defineProperty(Notification, 'requestPermission', {
      value: async () => {
        document.documentElement.dataset.asked = 'yes'
        return 'default'
      },
    })
  })
  const page = await open('/', context)
  const arrives = Promise.withResolvers<undefined>()
  await page.route('**/notifications.js', async route => {
    await arrives.promise
    await route.continue()
  })
  await isLive(page)
  await page.getByRole('button', { name: 'Turn on notifications' }).click()
  arrives.resolve(undefined)
  await expect.poll(() => page.locator('html').getAttribute('data-asked')).toBe('yes')
})

it('ten tabs of one browser share one connection, and all of them update', async () => {
  const context = await (await browser()).newContext()
  onTestFinished(() => context.close())
  const pages = await Promise.all(Array.from({ length: 10 }, () => open('/', context)))
  await Promise.all(pages.map(isLive))
  const { id } = await publish(ask, IKIRU)
  for (const page of pages) await expect.poll(() => first(page).getAttribute('data-id')).toBe(id)
})

it('without shared workers, the tab that has the lock passes events to the others, and the next one takes over', async () => {
  const context = await (await browser()).newContext()
  onTestFinished(() => context.close())
  await context.addInitScript(() => {
    delete (window as Partial<typeof globalThis>).SharedWorker
  })
  const one = await open('/', context)
  const two = await open('/', context)
  await Promise.all([one, two].map(isLive))
  const before = await publish(ask, IKIRU)
  for (const page of [one, two])
    await expect.poll(() => first(page).getAttribute('data-id')).toBe(before.id)
  await one.goto('about:blank')
  const after = await publish(ask)
  await expect.poll(() => first(two).getAttribute('data-id'), { timeout: 8000 }).toBe(after.id)
})

it('says when it is offline, and catches up when it is live again', async () => {
  const page = await open()
  await isLive(page)
  await page.context().setOffline(true)
  await expect
    .poll(() => page.textContent('.live'))
    .toMatch(
      /^You are offline\. These are the reviews as of \d\d:\d\d\. New ones will appear by themselves\.$/,
    )
  const { id } = await publish(ask, IKIRU)
  await page.context().setOffline(false)
  await expect.poll(() => first(page).getAttribute('data-id'), { timeout: 10_000 }).toBe(id)
})

it('catches up when its scripts could not be fetched at first', async () => {
  const page = await open()
  await isLive(page)
  const scripts = /\/(?:front-page|refresh)\.js/
  const refused = page.waitForEvent('requestfailed', request => scripts.test(request.url()))
  await page.route(scripts, route => route.abort('internetdisconnected'))
  const { id } = await publish(ask, IKIRU)
  await refused
  await page.unroute(scripts)
  await expect.poll(() => first(page).getAttribute('data-id'), { timeout: 10_000 }).toBe(id)
})

it('with reduced motion there is a cut and a dot, and no animation', async () => {
  const context = await (await browser()).newContext({ reducedMotion: 'reduce' })
  onTestFinished(() => context.close())
  const page = await open('/', context)
  await isLive(page)
  const { id } = await publish(ask, IKIRU)
  await expect.poll(() => first(page).getAttribute('data-id')).toBe(id)
  expect(
    await first(page)
      .locator('svg.wide g')
      .evaluate(light => getComputedStyle(light).animationDuration),
  ).toBe('0s')
})

it('an empty site says so, and shows the first review when it is published', async () => {
  const empty = await startServer()
  onTestFinished(async () => {
    await empty.stop()
  })
  const critic = await makeOwner(empty.url)
  const context = await (await browser()).newContext()
  const page = await context.newPage()
  onTestFinished(() => context.close())
  await page.goto(empty.url)
  expect(await page.locator('.nothing').textContent()).toContain(
    'No reviews yet. The first one will appear here by itself.',
  )
  await publish(critic, IKIRU)
  await expect
    .poll(() => page.locator('.latest h2').allTextContents(), { timeout: 10_000 })
    .toEqual(['On Ikiru'])
})

it('says that it is not live behind a dead connection, and is live again on a new one', async () => {
  const link = await cuttableLink(server.port)
  onTestFinished(link.close)
  const context = await (await browser()).newContext()
  onTestFinished(() => context.close())
  // The connection is then the page's own, so that its clock is the one below.
  await context.addInitScript(() => {
    Reflect.deleteProperty(window, 'SharedWorker')
    Reflect.deleteProperty(window, 'BroadcastChannel')
  })
  const page = await context.newPage()
  await page.clock.install()
  await page.goto(link.url)
  await isLive(page)
  link.silence()
  await page.clock.fastForward(46_000)
  await expect.poll(() => page.textContent('.live')).toMatch(/^Not live\./)
  link.mend()
  await page.clock.fastForward(46_000)
  await isLive(page)
})
