/** No page of the public site is a dead end: each names what it is about and leads on. */
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Caller, makeOwner } from '../support/account'
import { browser } from '../support/browser'
import { publish } from '../support/publish'
import { startServer, type TestServer } from '../support/server'

let server: TestServer
let ask: Caller
let page: Page
const ALIEN = { title: 'Alien', year: 1979, genres: ['Horror', 'Sci-Fi'] }
const HEAT = { title: 'Heat', year: 1995, genres: ['Crime'] }

beforeAll(async () => {
  server = await startServer()
  ask = await makeOwner(server.url)
  page = await (await (await browser()).newContext()).newPage()
})
afterAll(async () => {
  await page.context().close()
  await server.stop()
})
const linksIn = (name: string | RegExp) =>
  page.getByRole('region', { name }).getByRole('listitem').getByRole('link').allTextContents()

it('a review leads to others of its film, of its critic, and to its genres', async () => {
  await publish(ask, { movie: HEAT })
  await publish(ask, { movie: ALIEN, rating: 1 })
  const { slug } = await publish(ask, { movie: ALIEN })
  await page.goto(`${server.url}/reviews/${slug}`)
  expect(await linksIn('More on Alien')).toEqual(['On Alien'])
  expect(await linksIn('More by Ines Okafor')).toEqual(['On Heat'])
  expect(await page.getByRole('link', { name: 'Horror' }).getAttribute('href')).toBe(
    '/genres/horror',
  )
  expect((await page.textContent('.about'))!.replace(/\s+/g, ' ').trim()).toBe(
    'Alien 1979. Horror, Sci-Fi',
  )
})

it('genres on a film’s page have no space before the comma', async () => {
  await page.goto(`${server.url}/movies/alien-1979`)
  const [first, second] = await page.locator('.about .genre').all()
  const gap = (await second!.boundingBox())!.x - (await first!.boundingBox())!.x
  expect(gap - (await first!.boundingBox())!.width).toBeLessThan(12)
})

it('two reviews of one film stand side by side with one title card and one rating', async () => {
  await page.goto(server.url)
  const cards = await page
    .locator('.latest > li .screen')
    .evaluateAll(all => all.map(one => one.querySelectorAll('.card-title, .light').length))
  expect(cards).toEqual([2, 1, 1])
  expect(await page.locator('.latest > li:nth-child(2) .light').count()).toBe(1)
})

it('a critic has a face: what was loved and what was hated', async () => {
  await page.goto(server.url)
  await page.goto(`${server.url}/critics`)
  await page.getByRole('link', { name: 'Ines Okafor' }).click()
  expect(await linksIn('Loved')).toEqual(['Alien', 'Heat'])
  expect(await linksIn('Hated')).toEqual(['Alien'])
})

it('a search without a result leads to genres and new reviews', async () => {
  await page.goto(`${server.url}/search?q=zzzz`)
  expect(await page.getByRole('navigation', { name: 'By genre' }).count()).toBe(1)
  expect((await linksIn('Latest reviews')).length).toBe(3)
})

it('an address that does not exist leads to new reviews', async () => {
  await page.goto(`${server.url}/nowhere`)
  expect((await linksIn('Latest reviews')).length).toBe(3)
})

it('a withdrawn review names itself, its film, and who withdrew it', async () => {
  const { id, slug } = await publish(ask, { movie: HEAT })
  await ask(`/api/reviews/${id}/archive`, { body: { reason: 'The wrong cut.' } })
  await page.goto(`${server.url}/reviews/${slug}`)
  const text = (await page.textContent('article'))!.replace(/\s+/g, ' ')
  expect(text).toContain('“On Heat”, about Heat (1995) by Ines Okafor')
  expect(text).toContain('The critic withdrew this review on')
  expect(text).toContain('The wrong cut.')
  expect(await linksIn('More on Heat')).toEqual(['On Heat'])
})

it('a feed can be chosen by a person', async () => {
  await page.goto(`${server.url}/`)
  await page.getByRole('link', { name: 'Feeds' }).click()
  await page.getByLabel('Genre').selectOption('Horror')
  await page.getByRole('button', { name: 'Show the addresses' }).click()
  expect(
    await page.locator('.addresses a').evaluateAll(all => all.map(a => a.textContent)),
  ).toEqual(['feed.xml', 'atom.xml', 'feed.json'].map(path => `${server.url}/${path}?genre=Horror`))
})

it('the subscribe form answers a wrong address in our words', async () => {
  await page.goto(`${server.url}/subscribe`)
  await page.getByRole('textbox', { name: 'Email' }).fill('nobody')
  await page.keyboard.press('Enter')
  await expect.poll(() => page.locator('.problem').allTextContents()).toHaveLength(1)
  expect(await page.getByRole('textbox', { name: 'Email' }).inputValue()).toBe('nobody')
  expect(await page.locator('[data-least]').textContent()).toContain('any')
})

it('a wide listing scrolls in itself, its lines unbroken', async () => {
  await page.setViewportSize({ width: 390, height: 800 })
  await page.goto(`${server.url}/developers`)
  const { wide, lines } = await page
    .locator('.prose pre')
    .first()
    .evaluate(pre => ({
      wide: pre.scrollWidth > pre.clientWidth,
      lines: getComputedStyle(pre).whiteSpace,
    }))
  expect([wide, lines]).toEqual([true, 'pre'])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
})
