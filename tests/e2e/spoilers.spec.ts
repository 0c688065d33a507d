/** A review with spoilers: said in lists, and its text behind a notice that needs no script. */
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Caller, makeOwner } from '../support/account'
import { browser } from '../support/browser'
import { startServer, type TestServer } from '../support/server'

let server: TestServer
let owner: Caller
let page: Page
let id: string

beforeAll(async () => {
  server = await startServer()
  owner = await makeOwner(server.url)
  const movie = { title: 'Citizen Kane', year: 1941, genres: ['Drama'] }
  const words = { title: 'On a sled', summary: 'A life.', body: 'Rosebud is the sled.' }
  const made = await owner('/api/reviews', { body: { ...words, movie, rating: 5, spoiler: true } })
  id = made.body.id
  await owner(`/api/reviews/${id}/publish`, { body: {} })
  await owner(`/api/reviews/${id}/correct`, { body: { rating: 4, note: 'It is a four.' } })
  page = await (await (await browser()).newContext({ javaScriptEnabled: false })).newPage()
})
afterAll(async () => {
  await page.context().close()
  await server.stop()
})

it('is said in every list', async () => {
  for (const path of [
    '/',
    '/reviews',
    '/movies/citizen-kane-1941',
    '/critics/ines-okafor',
    '/search?q=kane',
  ]) {
    await page.goto(server.url + path)
    expect([path, await page.textContent('main')]).toEqual([
      path,
      expect.stringContaining('Contains spoilers'),
    ])
  }
})

it('hides the text until a key is pressed on the notice, and shows it on paper', async () => {
  await page.goto(`${server.url}/reviews/on-a-sled`)
  const text = page.getByText('Rosebud is the sled.')
  const notice = page.locator('summary', { hasText: 'Contains spoilers. Show the review' })
  expect(await text.isVisible()).toBe(false)
  await page.emulateMedia({ media: 'print' })
  expect(await text.isVisible()).toBe(true)
  await page.emulateMedia({ media: 'screen' })
  await notice.focus()
  await page.keyboard.press('Enter')
  expect(await text.isVisible()).toBe(true)
  expect(await page.getByText('Hide the review').isVisible()).toBe(true)
  expect(await page.getByText('Show the review').isVisible()).toBe(false)
  expect(await page.getByLabel('Correction').textContent()).toMatch(/2\d{3}\. It is a four\./)
})

it('is not quoted where a search finds it', async () => {
  await page.goto(`${server.url}/search?q=rosebud`)
  expect(await page.textContent('main')).toContain('On a sled')
  expect(await page.textContent('main')).not.toContain('is the sled')
})

it('stands openly once a fix says that it gives nothing away', async () => {
  await owner(`/api/reviews/${id}/fix`, { body: { spoiler: false } })
  await page.goto(`${server.url}/reviews/on-a-sled`)
  expect(await page.getByText('Rosebud is the sled.').isVisible()).toBe(true)
})
