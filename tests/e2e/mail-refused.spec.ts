/**
 * A mail server that refuses everybody, and reports that come back: the built server loses no reader
 * to either.
 */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { IN_WORDS, statusOnly } from '../channels/mail/reports'
import { type Caller, caller, makeOwner } from '../support/account'
import { publish } from '../support/publish'
import { startServer, type TestServer } from '../support/server'
import { Smtp } from '../support/smtp'

const READERS = 40
const SOON = { timeout: 30_000, interval: 200 }
/** A part that cannot send tries again each minute, and is an alert after one. */
const NEXT_MINUTE = { timeout: 150_000, interval: 500 }
let smtp: Smtp
let server: TestServer
let owner: Caller

beforeAll(async () => {
  smtp = await Smtp.start()
  server = await startServer({
    env: { NUXT_SMTP_URL: smtp.url, NUXT_MAIL_FROM: 'MyMovies <reviews@mymovies.example>' },
  })
  owner = await makeOwner(server.url)
})
afterAll(async () => {
  await server.kill()
  await smtp.close()
})

const addresses = Array.from({ length: READERS }, (_, n) => `reader-${n}@d${n % 4}.example`)
const letIn = async (emails: string[]) =>
  (
    await owner('/api/readers/import', {
      body: emails.map(email => JSON.stringify({ email, confirmedAt: '2026-03-01' })).join('\n'),
      headers: { 'content-type': 'application/x-ndjson' },
    })
  ).body
const email = async () =>
  (await owner('/api/parts')).body.items.find((part: { name: string }) => part.name === 'email')
const alerts = async () =>
  (await owner('/api/alerts')).body.items.map((alert: { about: string }) => alert.about)
const report = (source: string) =>
  owner('/api/mail/bounces', { body: source, headers: { 'content-type': 'message/rfc822' } })

it('everybody is refused: the part stops with the words of the server, nobody is lost, and all of it leaves once that is mended', async () => {
  await letIn(addresses)
  smtp.behave({ code: 550, say: 'relay not permitted' })
  await publish(owner)
  expect(
    (
      await caller(server.url)('/api/subscriptions/email', {
        body: { email: 'new@d1.example', wants: {} },
      })
    ).status,
  ).toBe(202)
  await expect.poll(async () => (await email()).state, SOON).toBe('Stopped')
  expect((await email()).reason).toContain('550 relay not permitted')
  await expect.poll(alerts, NEXT_MINUTE).toContain('email.stopped')
  expect(await alerts()).toContain('email.confirmations')
  expect((await letIn(addresses)).skipped).toHaveLength(READERS)
  expect((await owner('/api/dead-letters')).body.items).toEqual([])

  smtp.behave()
  const written = () =>
    smtp.taken.filter(({ messageId }) => !messageId.startsWith('alert.')).flatMap(({ to }) => to)
  await expect.poll(() => new Set(written()).size, NEXT_MINUTE).toBe(READERS + 1)
  expect(written()).toHaveLength(READERS + 1)
  await expect.poll(alerts, SOON).toEqual([])
  expect((await email()).state).toBe('Following')
}, 400_000)

it('reports of any form are taken, and only unknown addresses and complaints cost a reader', async () => {
  const pathOf = (reader: string) => smtp.taken.find(({ to }) => to[0] === reader)!.from
  const [full, spam, gone, annoyed, ...others] = addresses as [string, string, string, string]
  const returned = async (reader: string, source: string) =>
    (await report(`Delivered-To: ${pathOf(reader)}\r\n${source}`)).body
  expect(await returned(full, statusOnly('5.2.2', '552 5.2.2 Over quota'))).toEqual({
    noted: 'counted',
  })
  expect(await returned(spam, statusOnly('5.1.1', '550 Rejected as spam'))).toEqual({
    noted: 'counted',
  })
  expect(await returned(gone, statusOnly('5.1.1', '550 5.1.1 User unknown'))).toEqual({
    noted: 'suppressed',
  })
  const complaint = `Content-Type: multipart/report; report-type=feedback-report; boundary=c\r\n\r\n--c\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\n\r\n--c--\r\n`
  expect(await returned(annoyed, complaint)).toEqual({ noted: 'unsubscribed' })
  for (const [n, [, meaning, source]] of IN_WORDS.entries())
    expect(await returned(others[n]!, source)).toEqual({
      noted: meaning === 'no mailbox' ? 'suppressed' : 'counted',
    })
  const { skipped } = await letIn([full, spam, gone, annoyed])
  expect(skipped.map(({ reason }: { reason: string }) => reason)).toEqual([
    'is already a reader',
    'is already a reader',
    'emails to it bounced',
    'reported an email of ours as spam',
  ])
})
