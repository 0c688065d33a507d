/** Somebody else's open front page: a review appears the moment it is published, and is gone when it is archived, without a reload. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Caller, makeOwner } from '../support/account'
import { browser } from '../support/browser'
import { publish } from '../support/publish'
import { startServer, type TestServer } from '../support/server'

const SOON = { timeout: 10_000 }
let server: TestServer
let critic: Caller
beforeAll(async () => {
  server = await startServer()
  critic = await makeOwner(server.url)
})
afterAll(() => server.kill())

const movie = (title: string) => ({ movie: { title, year: 1949, genres: ['Thriller'] } })

it('updates itself', async () => {
  await publish(critic, movie('Ran'))
  await publish(critic, movie('Heat'))
  const context = await (await browser()).newContext()
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(error.message))
  await page.goto(server.url)
  await page.evaluate(() => {
    document.documentElement.dataset.untouched = 'yes'
  })
  const titles = () => page.locator('.latest h2').allTextContents()
  expect(await titles()).toEqual(['On Heat', 'On Ran'])

  const { id, slug } = await publish(critic, movie('The Third Man'))
  await expect.poll(titles, SOON).toEqual(['On The Third Man', 'On Heat', 'On Ran'])
  const first = page.locator('.latest > li').first()
  expect(await first.getByRole('link', { name: 'On The Third Man' }).getAttribute('href')).toBe(
    `/reviews/${slug}`,
  )
  expect(
    await first
      .locator('.cue')
      .first()
      .evaluate(cue => getComputedStyle(cue).fill),
  ).toBe('rgb(255, 208, 46)')
  expect(await page.getByRole('status').allTextContents()).toContain(
    'New review: On The Third Man, by Ines Okafor',
  )

  await critic(`/api/reviews/${id}/correct`, {
    body: { title: 'Again on The Third Man', note: 'A better title.' },
  })
  await expect.poll(titles, SOON).toEqual(['Again on The Third Man', 'On Heat', 'On Ran'])
  await critic(`/api/reviews/${id}/archive`, { body: { reason: 'Written about another film.' } })
  await expect.poll(titles, SOON).toEqual(['On Heat', 'On Ran'])

  expect(await page.evaluate(() => document.documentElement.dataset.untouched)).toBe('yes')
  expect(complaints).toEqual([])
  await context.close()
})
