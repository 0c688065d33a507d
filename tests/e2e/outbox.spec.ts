/** Emails kept before there was a mail server: confirmations leave by themselves, the rest on a press, or not at all. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Caller, caller, makeOwner, OWNER } from '../support/account'
import { alive, atTheDesk, button } from '../support/desk'
import { publish, type Published } from '../support/publish'
import { startServer, type TestServer } from '../support/server'
import { Smtp } from '../support/smtp'

const dataDir = mkdtempSync(join(tmpdir(), 'mymovies-outbox-'))
const SOON = { timeout: 10_000 }
const NAMES = ['anna', 'ben', 'cem', 'dora']
let smtp: Smtp
let server: TestServer
let owner: Caller
let review: Published

const kept = async () =>
  (await owner('/api/outbox')).body.items as { id: number; to: string; subject: string }[]
const reached = () => smtp.taken.flatMap(({ to }) => to).sort()
const emailLine = async () =>
  (await owner(`/api/reviews/${review.id}/deliveries`)).body.lines.find(
    (line: { part: string }) => line.part === 'email',
  )

beforeAll(async () => {
  smtp = await Smtp.start()
  server = await startServer({ dataDir })
  owner = await makeOwner(server.url)
  await owner('/api/readers/import', {
    body: NAMES.map(name =>
      JSON.stringify({ email: `${name}@example.com`, confirmedAt: '2026-01-01T00:00:00Z' }),
    ).join('\n'),
    headers: { 'content-type': 'application/x-ndjson' },
  })
  review = await publish(owner)
  await caller(server.url)('/api/subscriptions/email', { body: { email: 'new@example.com' } })
})
afterAll(async () => {
  await server.kill()
  await smtp.close()
  rmSync(dataDir, { recursive: true })
})

it('says that they are only kept, and sends nothing while there is no mail server', async () => {
  await expect.poll(async () => (await kept()).length, SOON).toBe(NAMES.length + 1)
  expect((await emailLine()).say).toBe('4 emails are kept in the outbox, not sent')
  expect((await owner('/api/outbox/send', { body: {} })).status).toBe(409)
  const page = await atTheDesk(server.url, OWNER)
  await page.goto(`${server.url}/editor/outbox`)
  await alive(page)
  expect(await page.getByRole('button', { name: /^Send/ }).count()).toBe(0)
  await page.getByRole('button', { name: 'Discard the email to dora@example.com' }).click()
  await expect.poll(async () => (await kept()).length, SOON).toBe(NAMES.length)
})

it.each([
  ['nobody', { ids: [1] }, 401],
  ['ids that are words', { ids: ['one'] }, 422],
  ['no ids', { ids: [] }, 422],
  ['something else', { all: true }, 422],
])('refuses %s', async (who, body, status) => {
  const asking = who === 'nobody' ? caller(server.url) : owner
  for (const what of ['send', 'discard'])
    expect((await asking(`/api/outbox/${what}`, { body })).status).toBe(status)
})

it('sends confirmations by themselves once there is one', async () => {
  await server.stop()
  server = await startServer({
    dataDir,
    port: server.port,
    env: { NUXT_SMTP_URL: smtp.url, NUXT_MAIL_FROM: 'MyMovies <reviews@mymovies.example>' },
  })
  await expect.poll(reached, SOON).toEqual(['new@example.com'])
  expect(smtp.taken[0]!.source).toContain('/subscribe/confirm?token=3D')
})

it('sends the others on a press, once', async () => {
  const page = await atTheDesk(server.url, OWNER)
  await page.goto(`${server.url}/editor/outbox`)
  await alive(page)
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
  await page.getByRole('button', { name: 'Send to anna@example.com' }).click()
  await expect.poll(reached, SOON).toEqual(['anna@example.com', 'new@example.com'])
  await button(page, 'Send all').click()
  await page.getByText('2 emails on the way').waitFor()
  await expect
    .poll(reached, SOON)
    .toEqual(['anna', 'ben', 'cem', 'new'].map(name => `${name}@example.com`))
  await expect.poll(kept, SOON).toEqual([])
  await expect
    .poll(emailLine, SOON)
    .toMatchObject({ told: 3, of: 4, say: '1 reader not notified: discarded from the outbox' })
  expect((await owner('/api/outbox/send', { body: {} })).body).toEqual({ sent: 0 })
})
