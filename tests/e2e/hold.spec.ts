/** The undo window: a published review is public at once, its deliveries wait, and the critic can pause them or send them now. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Caller, makeOwner, OWNER } from '../support/account'
import { alive, atTheDesk, button, freshPage } from '../support/desk'
import { publish } from '../support/publish'
import { startServer, type TestServer } from '../support/server'

const HOLD_SECONDS = 12
const SOON = { timeout: 10_000 }
let server: TestServer
let owner: Caller
beforeAll(async () => {
  server = await startServer({ env: { NUXT_HOLD_SECONDS: String(HOLD_SECONDS) } })
  owner = await makeOwner(server.url)
  await owner('/api/readers/import', {
    body: JSON.stringify({ email: 'reader@example.com', confirmedAt: '2026-01-01T00:00:00Z' }),
    headers: { 'content-type': 'application/x-ndjson' },
  })
})
afterAll(() => server.kill())

const letters = async () =>
  (await owner('/api/outbox')).body.items as { subject: string; at: string }[]
const emailOf = async (id: string) =>
  (await owner(`/api/reviews/${id}/deliveries`)).body.lines.find(
    (line: { part: string }) => line.part === 'email',
  )

it('sends what was paused only on a press, and the rest by itself when the window is over', async () => {
  const reader = await freshPage()
  await reader.goto(server.url)
  const {
    body: { id },
  } = await owner('/api/reviews', {
    body: {
      title: 'Too soon',
      movie: { title: 'Ran', year: 1985 },
      rating: 5,
      summary: 'Seen twice.',
      body: 'Castles.',
    },
  })
  const page = await atTheDesk(server.url, OWNER)
  await page.goto(`${server.url}/editor/${id}`)
  await alive(page)
  await page.getByText(`You have ${HOLD_SECONDS} seconds to stop them`).waitFor()
  await button(page, 'Publish').click()
  await reader.getByRole('link', { name: 'Too soon' }).waitFor()
  const region = page.getByRole('region', { name: 'What happened' })
  const email = region.getByRole('listitem').filter({ hasText: 'Email' })
  await region.getByText('Nothing has been sent yet.').waitFor()
  await expect.poll(() => email.textContent(), SOON).toContain('Waiting')
  await button(page, 'Pause sending').click()
  await expect
    .poll(() => email.textContent(), SOON)
    .toMatch(/Paused[\s\S]*by Ines Okafor[\s\S]*not notified/)
  await expect.poll(() => region.getByText('Nothing has been sent yet.').count(), SOON).toBe(0)
  expect((await owner(`/api/reviews/${id}`)).status).toBe(200)

  const later = await publish(owner)
  const at = Date.parse((await owner(`/api/reviews/${later.id}/deliveries`)).body.event.at)
  await expect
    .poll(() => emailOf(later.id), SOON)
    .toMatchObject({ state: 'Waiting', told: 0, of: 1 })
  await expect
    .poll(letters, { timeout: HOLD_SECONDS * 1000 + 10_000 })
    .toMatchObject([{ subject: expect.stringContaining('The Third Man') }])
  expect(Date.parse((await letters())[0]!.at)).toBeGreaterThanOrEqual(at + HOLD_SECONDS * 1000)
  // It was due before the one that was sent.
  expect(await emailOf(id)).toMatchObject({ state: 'Paused', told: 0 })
  const replay = { from: 0, dryRun: true }
  expect((await owner('/api/parts/email/replay', { body: replay })).body).toMatchObject({
    count: 1,
    items: [{ reviewId: id, recipients: 1 }],
  })
  await button(page, 'Send now').click()
  await expect.poll(() => email.textContent(), SOON).toMatch(/Sent[\s\S]*1 of 1/)
  expect(await letters()).toHaveLength(2)
  expect((await owner(`/api/reviews/${id}/send-now`, { body: {} })).body.released).toBe(0)
}, 90_000)

it('sends at once on a press while the window is open', async () => {
  const { id } = await publish(owner)
  await expect.poll(() => emailOf(id), SOON).toMatchObject({ state: 'Waiting', of: 1 })
  expect((await owner(`/api/reviews/${id}/send-now`, { body: {} })).body).toEqual({
    id,
    released: 1,
  })
  await expect.poll(() => emailOf(id), { timeout: 6000 }).toMatchObject({ state: 'Sent', told: 1 })
}, 90_000)
