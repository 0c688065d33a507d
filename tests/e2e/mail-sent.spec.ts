/** From the form to the mailbox and out again: real SMTP, the built server, one reader. */
import { simpleParser } from 'mailparser'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type Caller, caller, makeOwner } from '../support/account'
import { startServer, type TestServer } from '../support/server'
import { Smtp } from '../support/smtp'

let smtp: Smtp
let server: TestServer
let owner: Caller
let reader: Caller
beforeAll(async () => {
  smtp = await Smtp.start()
  server = await startServer({
    env: { NUXT_SMTP_URL: smtp.url, NUXT_MAIL_FROM: 'MyMovies <reviews@mymovies.example>' },
  })
  owner = await makeOwner(server.url)
  reader = caller(server.url)
})
afterAll(async () => {
  await server.kill()
  await smtp.close()
})

const letterWith = (words: RegExp) =>
  vi.waitUntil(
    async () => {
      for (const { source } of smtp.taken) {
        const letter = await simpleParser(source)
        if (words.test(letter.subject ?? '')) return { letter, source }
      }
    },
    { timeout: 10_000, interval: 50 },
  )

async function publish(title: string) {
  const made = await owner('/api/reviews', {
    body: {
      title: `On ${title}`,
      movie: { title, year: 1952, genres: ['Drama'] },
      rating: 4.5,
      summary: 'A clerk and a swing.',
      body: 'Snow falls.',
    },
  })
  return (await owner(`/api/reviews/${made.body.id}/publish`, { body: {} })).status
}

it('confirms first, sends an email when a review is published, and stops at one click', async () => {
  expect(
    (
      await reader('/api/subscriptions/email', {
        body: { email: 'reader@example.com', wants: { genres: ['Drama'] } },
      })
    ).status,
  ).toBe(202)
  const confirmation = await letterWith(/^Confirm/)
  const token = /\/subscribe\/confirm\?token=(\S+)/.exec(confirmation.letter.text!)![1]!
  expect(await publish('Rashomon')).toBe(202)
  expect(
    (
      await reader('/api/subscriptions/email/confirm', {
        body: { token: decodeURIComponent(token) },
      })
    ).status,
  ).toBe(200)

  expect(await publish('Ikiru')).toBe(202)
  const { letter, source } = await letterWith(/Ikiru/)
  expect(letter.subject).toBe('Go tonight: Ikiru (1952)')
  expect(letter.text).toContain(`Read the review: ${server.url}/reviews/`)
  // The header that promises one click is for HTTPS; the way itself is the same.
  expect(source).not.toMatch(/^List-Unsubscribe-Post/m)
  const way = /^List-Unsubscribe:\s+<([^>]+)>/m.exec(source)![1]!

  expect((await fetch(way)).status).not.toBe(500)
  const out = await fetch(way, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'List-Unsubscribe=One-Click',
    redirect: 'manual',
  })
  expect([out.status, out.headers.getSetCookie()]).toEqual([200, []])
  expect(await publish('Ran')).toBe(202)
  const ran = async () =>
    (await owner('/api/parts')).body.items.find((part: { name: string }) => part.name === 'email')
  await vi.waitUntil(async () => (await ran()).lag === 0 && (await ran()).waiting === 0, {
    timeout: 10_000,
  })
  expect(smtp.taken.map(({ source }) => /^Subject: (.*)$/m.exec(source)![1]!.trim())).toEqual([
    'Confirm your subscription',
    'Go tonight: Ikiru (1952)',
  ])
})

it('an address that its mail server does not know gets nothing, and the editor can read why', async () => {
  smtp.behave({ to: 'nobody@', code: 550, say: '5.1.1 no such user' })
  await owner('/api/readers/import', {
    body: JSON.stringify({
      email: 'nobody@example.com',
      confirmedAt: '2026-01-01T00:00:00Z',
      wants: { genres: ['Musical'] },
    }),
    headers: { 'content-type': 'application/x-ndjson' },
  })
  const {
    body: { id },
  } = await owner('/api/reviews', {
    body: {
      title: 'On Gigi',
      movie: { title: 'Gigi', year: 1958, genres: ['Musical'] },
      rating: 3,
      summary: 'Paris, sung.',
      body: 'Thank heaven.',
    },
  })
  expect((await owner(`/api/reviews/${id}/publish`, { body: {} })).status).toBe(202)
  const line = async () =>
    (await owner(`/api/reviews/${id}/deliveries`)).body.lines.find(
      ({ part }: { part: string }) => part === 'email',
    )
  await expect.poll(line, { timeout: 10_000 }).toMatchObject({
    state: 'Not sent',
    say: expect.stringMatching(/^1 reader not notified: .*no such user/),
    missed: 1,
  })
})

it('stops cleanly while connections to the mail server are open', async () => {
  const { code, ms } = await server.stop('SIGTERM')
  expect([code, ms < 5000]).toEqual([0, true])
})
