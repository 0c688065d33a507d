/** What the email part does with a published review: which readers get an email of their own, once. */
import { simpleParser } from 'mailparser'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import email from '../../server/reactors/email'
import { mailContext } from '../support/mail-context'
import { sampleReview } from '../support/sample-review'

let context: Awaited<ReturnType<typeof mailContext>>
const planned = async () => (await context.checkpoint()) === (await context.head())
const settled = async () => (await planned()) && (await context.open()) === 0
const hour = (h: number, day = 16) => vi.setSystemTime(Date.UTC(2026, 10, day, h))

beforeAll(async () => {
  context = await mailContext()
})
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  hour(11)
  await context.clear()
  await context.run(async () => (await context.checkpoint()) === 0)
})
afterEach(() => vi.useRealTimers())
afterAll(() => context.close())

it('is one email to each reader who asked, with their own unsubscribe link, however often the part starts', async () => {
  await context.join(
    { email: 'a@one.example', wants: { genres: ['Drama'] } },
    { email: 'b@two.example', wants: { genres: ['Western'] } },
    { email: 'c@three.example', wants: { minRating: 5 } },
  )
  const event = await context.publish({ id: 'ikiru', film: 'Ikiru', rating: 4.5 })
  await context.run(settled)
  await context.run(settled)
  expect(context.smtp.taken).toMatchObject([
    {
      to: ['a@one.example'],
      messageId: `${event.id}.a-one-example@mymovies.example`,
      from: expect.stringMatching(/^bounce\+a-one-example-[0-9a-f]{16}@mymovies\.example$/),
    },
  ])
  const { text, html } = await simpleParser(context.smtp.taken[0]!.source)
  expect(text).toContain('You subscribed on 3 March 2026 to get each drama.')
  expect(text).toMatch(
    /Unsubscribe: https:\/\/mymovies\.example\/subscribe\/unsubscribe\?token=a-one-example\.[\w-]{43}\n/,
  )
  expect(html).toMatch(
    /href="https:\/\/mymovies\.example\/subscribe\/manage\?token=a-one-example\.[\w-]{43}"/,
  )
  expect(await context.ledger()).toMatchObject([
    { recipient: 'a-one-example', state: 'accepted', origin: 'one.example' },
  ])
})

it("waits for the end of a reader's quiet hours", async () => {
  await context.join({ email: 'a@one.example', wants: { quiet: { from: '09:00', to: '14:00' } } })
  await context.publish({ id: 'ikiru' })
  await context.run(planned)
  expect(context.smtp.taken).toEqual([])
  hour(15)
  await context.run(settled)
  expect(context.smtp.taken).toHaveLength(1)
})

it('does not go to a reader who unsubscribed in between', async () => {
  await context.join({ email: 'a@one.example', wants: { quiet: { from: '09:00', to: '14:00' } } })
  await context.publish({ id: 'ikiru' })
  await context.run(planned)
  await context.app.deleteFrom('mail_readers').execute()
  hour(15)
  await context.run(settled)
  expect(context.smtp.taken).toEqual([])
  expect(await context.ledger()).toMatchObject([{ state: 'suppressed' }])
})

it('shows the publish panel the email that readers will get', () => {
  const { subject, say, html } = email.render!(sampleReview(), {
    settings: {},
    siteUrl: 'http://localhost',
  }) as { subject: string; say: string; html: string }
  expect([subject, say]).toEqual([
    'Go twice: The Third Man (1949)',
    'Subject: Go twice: The Third Man (1949)',
  ])
  expect(html).toContain('You subscribed on 3 March 2026 to get each review.')
  expect(html).not.toMatch(/[\uE000-\uF8FF]/)
})
