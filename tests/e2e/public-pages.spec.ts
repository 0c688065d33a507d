/** The public site as a visitor, a search engine and a slow phone see it. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anchorOf, PROBLEMS, type ProblemTitle } from '../../shared/problems'
import { type Caller, makeOwner } from '../support/account'
import { browser } from '../support/browser'
import { publish } from '../support/publish'
import { startServer, type TestServer } from '../support/server'

let server: TestServer
let ask: Caller
let gone: string
let page: Page
const KEPT = '/reviews/everyone-stops-for-the-cat'
const PAGES = [
  '/',
  '/reviews',
  KEPT,
  '/movies',
  '/movies/the-third-man-1949',
  '/critics',
  '/critics/mymovies',
  '/genres/drama',
  '/feeds',
  '/feeds?genre=Drama&minRating=4.5',
  '/search',
  '/search?q=train',
  '/search?q=vanish%20zzz',
  '/about',
  '/how-we-rate',
  '/privacy',
  '/developers',
  '/nowhere',
]

beforeAll(async () => {
  server = await startServer({ env: { NUXT_SEED: 'true' } })
  ask = await makeOwner(server.url)
  const { id, slug } = await publish(ask, {
    movie: { title: 'Megalopolis', year: 2024, genres: ['Sci-Fi'] },
    rating: 2.5,
  })
  await ask(`/api/reviews/${id}/archive`, { body: { reason: 'I had reviewed the wrong cut.' } })
  gone = `/reviews/${slug}`
  page = await (await (await browser()).newContext()).newPage()
})
afterAll(async () => {
  await page.context().close()
  await server.stop()
})
const text = async (path: string) =>
  (await fetch(server.url + path, { headers: { accept: 'text/html' } })).text()

describe.each(['light', 'dark'] as const)('in %s', colorScheme => {
  it.each([...PAGES, 'archived'])(
    '%s has no serious fault for axe, and no sideways scroll at 320 px',
    async path => {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width: 320, height: 700 })
      await page.goto(server.url + (path === 'archived' ? gone : path))
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(
        violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`),
      ).toEqual([])
    },
  )
})

describe('a first visit', () => {
  it.each(['/', KEPT])(
    'to %s weighs at most 85 kB, 62 of them letters and 5 of them script, and asks nobody else',
    async path => {
      const context = await (await browser()).newContext()
      const first = await context.newPage()
      const session = await context.newCDPSession(first)
      await session.send('Network.enable')
      const bytes = { all: 0, fonts: 0, scripts: 0 }
      const hosts = new Set<string>()
      const kinds = new Map<string, string>()
      const scripts = new Set<string>()
      session.on('Network.responseReceived', ({ requestId, type, response }) => {
        const { host, pathname } = new URL(response.url)
        kinds.set(requestId, type)
        hosts.add(host)
        if (type === 'Script') scripts.add(pathname)
      })
      session.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
        bytes.all += encodedDataLength
        if (kinds.get(requestId) === 'Font') bytes.fonts += encodedDataLength
        if (kinds.get(requestId) === 'Script') bytes.scripts += encodedDataLength
      })
      await first.goto(server.url + path)
      await first.evaluate(() => document.fonts.ready)
      await expect.poll(() => [...kinds.values()].filter(kind => kind === 'Font').length).toBe(3)
      await expect.poll(() => bytes.fonts).toBeGreaterThan(45_000)
      expect([...hosts]).toEqual([new URL(server.url).host])
      expect(bytes.fonts).toBeLessThanOrEqual(62_000)
      expect(bytes.all).toBeLessThanOrEqual(85_000)
      expect([...scripts].sort()).toEqual(['/live.js', '/theme.js'])
      expect(bytes.scripts).toBeLessThanOrEqual(5_000)
      await context.close()
    },
  )

  it.each(['/nowhere', '/search', '/subscribe/asked'])(
    '%s is at least as tall as the window, its foot at the end',
    async path => {
      await page.setViewportSize({ width: 1440, height: 1800 })
      await page.goto(server.url + path)
      const { y, height } = (await page.getByRole('contentinfo').boundingBox())!
      expect(Math.round(y + height)).toBe(1800)
      expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(1800)
    },
  )

  it('has the theme that the reader chose, before the first paint', async () => {
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.emulateMedia({ colorScheme: 'light' })
    await page.goto(server.url)
    await page.getByText('Dark', { exact: true }).click()
    await page.reload()
    expect(
      await page.evaluate(() => [
        document.documentElement.dataset.theme,
        getComputedStyle(document.body).backgroundColor,
      ]),
    ).toEqual(['dark', 'rgb(18, 19, 22)'])
    await page.getByText('System', { exact: true }).click()
    await page.reload()
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBeUndefined()
  })
})

describe('without any script', () => {
  it.each(PAGES)('%s has all its content', async path => {
    const context = await (await browser()).newContext({ javaScriptEnabled: false })
    const plain = await context.newPage()
    await plain.goto(server.url + path)
    expect((await plain.locator('main h1').textContent())?.trim()).toBeTruthy()
    expect(await plain.locator('[data-theme-choice]').isVisible()).toBe(false)
    await context.close()
  })
  it('searches by an ordinary form, and suggests a similar word', async () => {
    await page.goto(`${server.url}/search`)
    await page.getByRole('searchbox', { name: 'Search reviews' }).fill('samuray')
    await page.getByRole('button', { name: 'Search' }).click()
    expect(await page.locator('.line').textContent()).toMatch(
      /No review says “samuray”\.\s*Samurai has one\./,
    )
    await page.getByRole('link', { name: 'Samurai' }).click()
    expect(await page.getByRole('heading', { name: 'One review' }).count()).toBe(1)
    expect(await page.locator('.row mark').first().isVisible()).toBe(true)
  })
})

describe('to machines that read pages', () => {
  it('the front page lists reviews by their titles', async () => {
    await page.goto(server.url)
    const links = page.getByRole('list', { name: 'Latest reviews' }).getByRole('link')
    expect(await links.count()).toBe(16)
    expect(await page.getByRole('heading', { level: 1 }).allTextContents()).toEqual([
      'Latest reviews',
    ])
  })
  it('a review gives our rating, its canonical address and no one else’s score', async () => {
    const html = await text(KEPT)
    const ld = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/.exec(html)![1]!)
    expect(ld).toMatchObject({
      '@type': 'Review',
      reviewRating: { ratingValue: 5, bestRating: 5, worstRating: 0 },
      itemReviewed: { '@type': 'Movie', name: 'The Third Man' },
    })
    expect(html).not.toContain('aggregateRating')
    expect(html).toContain(`<link rel="canonical" href="${server.url}${KEPT}">`)
    expect(html).toContain('<meta property="og:type" content="article">')
  })
  it('an archived review answers 410 with its reason and is not indexed', async () => {
    const answer = await fetch(server.url + gone, { headers: { accept: 'text/html' } })
    const html = await answer.text()
    expect(answer.status).toBe(410)
    expect(html).toContain('I had reviewed the wrong cut.')
    expect(html).toContain('<meta name="robots" content="noindex">')
    expect(html).not.toContain('Vienna')
  })
  it.each([
    ['/nowhere', 404],
    ['/reviews/nothing', 404],
    ['/movies/nothing', 404],
    ['/critics/nobody', 404],
    ['/genres/knitting', 404],
    ['/reviews?after=forged', 422],
    ['/reviews/%E0%A4%A', 404],
  ])('%s answers %i as a page of ours', async (path, status) => {
    const answer = await fetch(server.url + path, { headers: { accept: 'text/html' } })
    expect(answer.status).toBe(status)
    expect(await answer.text()).toContain('MyMovies')
  })
  it('/developers explains every problem at the anchor that its type links to', async () => {
    await page.goto(`${server.url}/developers`)
    const found = await page
      .locator('main [id]')
      .evaluateAll(all => all.map(one => `/developers#${one.id}`))
    expect(found).toEqual(
      expect.arrayContaining(
        Object.keys(PROBLEMS).map(title => `/developers#${anchorOf(title as ProblemTitle)}`),
      ),
    )
    for (const path of [
      '/api/nothing',
      '/api/reviews/nothing',
      '/api/reviews?limit=x',
      '/api/events?after=999999',
      '/api/parts',
      '/api/%E0%A4%A',
      gone.replace('/reviews', '/api/reviews'),
    ]) {
      const { type, title } = await (await fetch(server.url + path)).json()
      expect(found).toContain(type)
      expect(await page.locator(`[id="${type.split('#')[1]}"]`).textContent()).toMatch(
        new RegExp(`^${title}\\. \\S.*\\.$|^${title}\\. .*…$`),
      )
    }
  })
  it('/developers names only what exists, at this site’s own address', async () => {
    await page.goto(`${server.url}/developers`)
    const listings = (await page.locator('main pre').allTextContents()).join('\n')
    const links = await page
      .locator('main a[href^="/"], main a[href^="#"]')
      .evaluateAll(all => all.map(link => new URL(link.getAttribute('href')!, location.href).href))
    const asked = [...listings.matchAll(/https?:\/\/[^\s'"]+/g)]
      .map(([url]) => url)
      .filter(url => !/(?:partner|reader)\.example/.test(url))
    expect(asked.length).toBeGreaterThan(8)
    expect(asked.filter(url => !url.startsWith(`${server.url}/`))).toEqual([])
    for (const url of [...asked, ...links]) {
      const stop = new AbortController()
      const { status } = await fetch(url, {
        signal: stop.signal,
        // These two answer only those who ask for something.
        method: /\/(?:api\/webhooks|graphql)$/.test(url) ? 'OPTIONS' : 'GET',
      })
      expect([url, status]).toEqual([url, expect.toBeOneOf([200, 204])])
      stop.abort()
    }
  })
  it('a made-up Host header stays out of the page', async () => {
    const { request } = await import('node:http')
    const html = await new Promise<string>(resolve => {
      request(server.url, { headers: { host: 'evil.example', accept: 'text/html' } }, answer => {
        let all = ''
        answer
          .setEncoding('utf8')
          .on('data', part => {
            all += part
          })
          .on('end', () => resolve(all))
      }).end()
    })
    expect(html).not.toContain('evil.example')
  })
})
