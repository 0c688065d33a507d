/** What the email part does with events: which readers get which email, once. */
import { simpleParser } from 'mailparser'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import email from '../../server/reactors/email'
import { mailContext } from '../support/mail-context'
import { sampleReview } from '../support/sample-review'

let context: Awaited<ReturnType<typeof mailContext>>
const settled = async () => (await planned()) && (await context.open()) === 0
const planned = async () => (await context.checkpoint()) === (await context.head())
/** Lets the time pass for which a failed attempt waits. */
const retryDue = async (attempt = 1) => {
  await context.run(async () =>
    (await context.ledger()).some(
      ({ state, attempts }) => state === 'retry' && attempts === attempt,
    ),
  )
  vi.setSystemTime(Math.max(...(await context.ledger()).map(({ due_at }) => due_at)))
}
/** Why the part waits. */
const stopped = async () =>
  (
    await context.app
      .selectFrom('consumers')
      .select('stopped')
      .where('name', '=', 'email')
      .executeTakeFirst()
  )?.stopped
const hour = (h: number, day = 16) => vi.setSystemTime(Date.UTC(2026, 10, day, h))
const subjects = () =>
  context.smtp.taken.map(({ source }) => /^Subject: (.*)$/m.exec(source)![1]!.trim())

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

describe('a published review', () => {
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
})

describe('a refusal', () => {
  it('that is temporary is retried with the same Message-ID', async () => {
    await context.join({ email: 'a@one.example' })
    context.smtp.behave({ code: 450, say: '4.2.0 greylisted', times: 2 })
    const event = await context.publish({ id: 'ikiru' })
    await retryDue(1)
    await retryDue(2)
    await context.run(settled)
    expect(context.smtp.taken.map(({ messageId }) => messageId)).toEqual([
      `${event.id}.a-one-example@mymovies.example`,
    ])
    expect(await context.ledger()).toMatchObject([{ state: 'accepted', attempts: 3 }])
  })

  it('keeps the Message-ID when the answer was lost', async () => {
    await context.join({ email: 'a@one.example' })
    context.smtp.behave({ step: 'data', act: 'drop', times: 1 })
    await context.publish({ id: 'ikiru' })
    await retryDue()
    await context.run(settled)
    expect(context.smtp.taken).toHaveLength(1)
  })

  it('of the address erases the reader, and the reason does not keep the address', async () => {
    await context.join({ email: 'gone@one.example' }, { email: 'there@one.example' })
    context.smtp.behave({ to: 'gone', code: 550, say: '5.1.1 <gone@one.example>: no such user' })
    await context.publish({ id: 'ikiru' })
    await context.run(settled)
    expect(await context.ledger()).toMatchObject([
      { state: 'suppressed', reason: 'one.example: 550 5.1.1 (address): no such user' },
      { state: 'accepted' },
    ])
    expect(await context.app.selectFrom('mail_readers').select('email').execute()).toEqual([
      { email: 'there@one.example' },
    ])
    expect(await context.app.selectFrom('suppressions').select('reason').execute()).toEqual([
      { reason: 'bounced' },
    ])
  })

  it('of the email keeps the reader and alerts the editors, once another reader got it', async () => {
    const others = Array.from({ length: 30 }, (_, i) => ({ email: `b${i}@d${i}.example` }))
    await context.join({ email: 'a@one.example' }, ...others)
    context.smtp.behave({ to: 'a@one', step: 'data', code: 554, say: '5.7.1 looks like spam' })
    await context.publish({ id: 'ikiru' })
    await retryDue()
    await context.run(settled)
    expect((await context.ledger()).filter(({ state }) => state === 'dead')).toMatchObject([
      { reason: 'one.example: 554 5.7.1 looks like spam', attempts: 2 },
    ])
    expect(await context.app.selectFrom('mail_readers').select('id').execute()).toHaveLength(31)
  })

  it.each([
    ['of the relay', { code: 550, say: 'relay not permitted' }],
    ['of the sender', { step: 'from' as const, code: 550, say: '5.1.1 unknown sender' }],
    ['of the session', { step: 'greeting' as const, code: 554, say: 'no' }],
    ['of our greeting', { step: 'hello' as const }],
    ['of each email', { step: 'data' as const, code: 550, say: '5.7.26 not authenticated' }],
    [
      'after the email, as if nobody were there',
      { step: 'data' as const, code: 550, say: '5.1.1 no' },
    ],
  ])('%s erases nobody and gives nothing up; all of it leaves afterwards', async (_, rule) => {
    const emails = Array.from({ length: 60 }, (_, i) => `r${i}@d${i % 7}.example`)
    await context.join(...emails.map(email => ({ email })))
    context.reconnect()
    context.smtp.behave(rule)
    await context.publish({ id: 'ikiru' })
    await context.run(async () => Boolean((await stopped()) && (await planned())))
    if ('say' in rule) expect(await stopped()).toContain(rule.say)
    expect(await context.app.selectFrom('mail_readers').select('id').execute()).toHaveLength(60)
    expect(new Set((await context.ledger()).map(({ state }) => state))).not.toContain('dead')
    context.smtp.behave()
    vi.setSystemTime(Date.now() + 62_000)
    await context.run(settled)
    expect(context.smtp.taken.flatMap(({ to }) => to).sort()).toEqual(emails.sort())
    expect(await stopped()).toBeNull()
  })

  it('of everybody as unknown stops the part before a list is erased', async () => {
    const emails = Array.from({ length: 60 }, (_, i) => `r${i}@d${i % 7}.example`)
    await context.join(...emails.map(email => ({ email })))
    context.smtp.behave({ code: 550, say: '5.1.1 User unknown in relay recipient table' })
    await context.publish({ id: 'ikiru' })
    await context.run(stopped)
    expect(await stopped()).toContain('unknown in relay recipient table')
    expect(await context.app.selectFrom('mail_readers').select('id').execute()).toHaveLength(58)
  })

  it('of unknown addresses waits until anybody is taken, and then erases them', async () => {
    await context.join({ email: 'before@one.example' })
    await context.publish({ id: 'yojimbo' })
    await context.run(settled)
    await context.app.deleteFrom('mail_readers').execute()
    await context.join(
      ...Array.from({ length: 6 }, (_, i) => ({ email: `gone${i}@d${i}.example` })),
    )
    context.smtp.behave({ to: 'gone', code: 550, say: '5.1.1 no such user' })
    await context.publish({ id: 'ikiru' })
    const states = async () => (await context.ledger()).map(({ state }) => state).sort()
    const two = ['accepted', 'retry', 'retry', 'retry', 'retry', 'suppressed', 'suppressed']
    await context.run(async () => (await states()).join() === two.join())
    await context.join({ email: 'there@one.example' })
    await context.publish({ id: 'ran' })
    await context.run(() => Promise.resolve(context.smtp.taken.length === 2))
    await retryDue()
    await context.run(settled)
    const left = await context.app.selectFrom('mail_readers').select('email').execute()
    expect(left).toEqual([{ email: 'there@one.example' }])
  })

  it('of a few addresses among many stops nothing', async () => {
    const emails = Array.from({ length: 30 }, (_, i) => `r${i}@d${i}.example`)
    await context.join(...emails.map(email => ({ email })), { email: 'bad1@d1.example' })
    await context.join({ email: 'bad2@d2.example' }, { email: 'bad3@d3.example' })
    context.smtp.behave({ to: 'bad', code: 550, say: 'no such user' })
    await context.publish({ id: 'ikiru' })
    await retryDue()
    await context.run(settled)
    expect((await context.ledger()).filter(({ state }) => state === 'dead')).toHaveLength(3)
    expect(await context.app.selectFrom('mail_readers').select('id').execute()).toHaveLength(33)
  })

  it('of an address that could be read as several comes before anything is sent', async () => {
    await context.join(
      { email: 'a@one.example\r\nRCPT TO:<evil@example.com>' },
      { email: 'b@two.example' },
    )
    await context.publish({ id: 'ikiru' })
    await context.run(settled)
    expect(context.smtp.taken.map(({ to }) => to)).toEqual([['b@two.example']])
    expect((await context.ledger()).map(({ state }) => state)).toEqual(['suppressed', 'accepted'])
  })
})

describe('a digest', () => {
  const daily = { email: 'a@one.example', wants: { frequency: 'daily' as const, hour: 18 } }

  it("is one email with what matched, at the reader's hour", async () => {
    await context.join(daily, {
      email: 'b@two.example',
      wants: { frequency: 'daily', hour: 18, genres: ['Western'] },
    })
    await context.publish({ id: 'ikiru', film: 'Ikiru' })
    hour(12)
    await context.publish({ id: 'ran', film: 'Ran' })
    await context.run(planned)
    expect(context.smtp.taken).toEqual([])
    hour(18)
    await context.run(settled)
    expect(subjects()).toEqual(['2 reviews: Ran, Ikiru'])
    expect((await context.ledger()).map(({ state, bundle }) => [state, bundle])).toEqual([
      ['accepted', 'daily:2026-11-16'],
      ['accepted', 'daily:2026-11-16'],
    ])
  })

  it("is the same for all readers whose reviews are the same, with each reader's own links", async () => {
    await context.join(daily, { ...daily, email: 'b@two.example' })
    await context.publish({ id: 'ikiru' })
    await context.publish({ id: 'ran' })
    await context.run(planned)
    hour(18)
    await context.run(settled)
    const [one, two] = await Promise.all(
      context.smtp.taken.map(({ source }) => simpleParser(source)),
    )
    expect(one!.text!.split('\n\n')[1]).toBe(two!.text!.split('\n\n')[1])
    expect(
      new Set(
        context.smtp.taken.map(({ source }) => /^List-Unsubscribe:\s+(<.*>)/m.exec(source)![1]),
      ).size,
    ).toBe(2)
  })

  it("shows the reader's own day", async () => {
    const wants = { frequency: 'daily' as const, hour: 8, timeZone: 'Pacific/Auckland' }
    await context.join({ email: 'a@one.example', wants })
    await context.publish({ id: 'ikiru' })
    await context.publish({ id: 'ran' })
    await context.run(planned)
    hour(19)
    await context.run(settled)
    const { text, html } = await simpleParser(context.smtp.taken[0]!.source)
    expect(text).toMatch(/^MyMovies, 17 November 2026\n/)
    expect(html).toContain('>17 November 2026<')
  })

  it('leaves out what has been archived, and is not sent if nothing is left', async () => {
    await context.join(daily)
    await context.publish({ id: 'ikiru', film: 'Ikiru' })
    await context.publish({ id: 'ran', film: 'Ran' })
    await context.run(planned)
    await context.archive('ran')
    hour(18)
    await context.run(settled)
    await context.publish({ id: 'stalker' })
    await context.run(planned)
    await context.archive('stalker')
    hour(18, 17)
    await context.run(settled)
    expect(subjects()).toEqual(['Go tonight: Ikiru (1949)'])
  })

  it('includes a correction, which alone waits for the next digest with a new review', async () => {
    await context.join(daily, { email: 'now@two.example' })
    await context.publish({ id: 'ikiru', film: 'Ikiru' })
    await context.run(planned)
    hour(18)
    await context.run(settled)
    hour(20)
    await context.correct('ikiru', 'It was 1952.')
    await context.run(planned)
    hour(18, 17)
    await context.run(async () =>
      (await context.ledger()).some(
        ({ type, bundle }) => type === 'ReviewCorrected' && bundle === 'daily:2026-11-18',
      ),
    )
    expect(context.smtp.taken).toHaveLength(2)
    await context.publish({ id: 'ran', film: 'Ran' })
    await context.run(planned)
    hour(18, 18)
    await context.run(settled)
    const [digest] = context.smtp.taken.filter(
      ({ to, source }) => to[0] === 'a@one.example' && source.includes('Ran'),
    )
    expect((await simpleParser(digest!.source)).text).toContain(
      'On ikiru, 16 November 2026: It was 1952.',
    )
    expect(context.smtp.taken).toHaveLength(4)
    expect((await context.ledger()).filter(({ type }) => type === 'ReviewCorrected')).toMatchObject(
      [{ state: 'accepted', attempts: 1 }],
    )
  })

  it('shows a review that was corrected before the digest as it is now, and mentions the correction once', async () => {
    await context.join(daily)
    await context.publish({ id: 'ikiru', film: 'Ikiru', rating: 5 })
    await context.run(planned)
    await context.correct('ikiru', 'Three, not five.')
    await context.run(planned)
    hour(18)
    await context.run(settled)
    expect(subjects()).toEqual(['See it: Ikiru (1949)'])
    const { text, html } = await simpleParser(context.smtp.taken[0]!.source)
    for (const part of [text, html])
      expect(String(part).match(/Three, not five\./g)).toHaveLength(1)
  })
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
