/** Scheduled reviews: set in a time zone and cancelled in a real browser, and published late if the server was down. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Caller, makeOwner, OWNER } from '../support/account'
import { atTheDesk, button, field, newReview, saved } from '../support/desk'
import { startServer, type TestServer } from '../support/server'

const dataDir = mkdtempSync(join(tmpdir(), 'mymovies-schedule-'))
let server: TestServer
let owner: Caller
beforeAll(async () => {
  server = await startServer({ dataDir })
  owner = await makeOwner(server.url)
})
afterAll(async () => {
  await server.kill()
  rmSync(dataDir, { recursive: true })
})

const stateOf = async (id: string) => (await owner(`/api/desk/reviews/${id}`)).body

it('is set to a date and time in a time zone, says when it will be published, and is cancelled', async () => {
  const page = await atTheDesk(server.url, OWNER, { timezoneId: 'Europe/Vienna' })
  const id = await newReview(page)
  await field(page, 'Title').fill('Two trains')
  await field(page, 'Movie').fill('Strangers on a Train (1951)')
  await page.getByRole('slider').fill('4')
  await saved(page)
  await button(page, 'Schedule').click()
  const zone = page.getByRole('combobox', { name: 'Time zone' })
  const at = page.getByLabel('Date and time')
  expect(await zone.inputValue()).toBe('Europe/Vienna')
  await button(page, 'Schedule').click()
  await page.locator('#at-problem').waitFor()
  await at.fill('2020-01-01T09:30')
  await button(page, 'Schedule').click()
  await expect.poll(() => page.locator('#at-problem').textContent()).toBe('Must be in the future.')

  await at.fill('2031-05-04T09:30')
  await zone.selectOption('America/New_York')
  await button(page, 'Schedule').click()
  await page.getByText('4 May 2031, 09:30 (America/New_York)').waitFor()
  expect(await stateOf(id)).toMatchObject({
    status: 'scheduled',
    schedule: { at: '2031-05-04T13:30:00.000Z', timeZone: 'America/New_York' },
  })
  await button(page, 'Cancel schedule').click()
  await button(page, 'Schedule').waitFor()
  expect((await stateOf(id)).status).toBe('draft')
})

it('the open page learns that its review was published, and that another window cancelled', async () => {
  const page = await atTheDesk(server.url, OWNER)
  const id = await newReview(page)
  await field(page, 'Title').fill('Out while somebody looks')
  await field(page, 'Movie').fill('Rope (1948)')
  await page.getByRole('slider').fill('4')
  await saved(page)
  const schedule = (ms: number) =>
    owner(`/api/reviews/${id}/schedule`, { body: { at: new Date(Date.now() + ms).toISOString() } })
  expect((await schedule(3_600_000)).status).toBe(202)
  await button(page, 'Cancel schedule').waitFor()
  await owner(`/api/reviews/${id}/schedule`, { method: 'DELETE' })
  await button(page, 'Schedule').waitFor()
  expect((await schedule(1000)).status).toBe(202)
  await button(page, 'Fix a typo').waitFor()
  expect((await stateOf(id)).status).toBe('published')
})

it('is published once, as soon as the server is up again, if it was down at the scheduled time', async () => {
  await owner('/api/readers/import', {
    body: JSON.stringify({ email: 'reader@example.com', confirmedAt: '2026-01-01T00:00:00Z' }),
    headers: { 'content-type': 'application/x-ndjson' },
  })
  const {
    body: { id },
  } = await owner('/api/reviews', {
    body: {
      title: 'Late, and still good',
      movie: { title: 'Playtime', year: 1967 },
      rating: 4.5,
      summary: 'Seen twice.',
      body: 'Paris.',
    },
  })
  const at = Date.now() + 1500
  expect(
    (await owner(`/api/reviews/${id}/schedule`, { body: { at: new Date(at).toISOString() } }))
      .status,
  ).toBe(202)
  await server.kill()
  await expect.poll(() => Date.now(), { timeout: 5000 }).toBeGreaterThan(at)
  server = await startServer({ dataDir, port: server.port })
  await expect.poll(async () => (await stateOf(id)).status, { timeout: 10_000 }).toBe('published')
  await expect
    .poll(
      async () =>
        (await owner('/api/outbox')).body.items.map((letter: { to: string }) => letter.to),
      { timeout: 10_000 },
    )
    .toEqual(['reader@example.com'])
  const events = async () =>
    (await owner(`/api/reviews/${id}/history`)).body.items.map(
      (event: { type: string; actor: string }) => [event.type, event.actor],
    )
  expect(await events()).toEqual([
    ['ReviewDrafted', OWNER.name],
    ['ReviewScheduled', OWNER.name],
    ['ReviewPublished', 'The schedule'],
  ])
})
