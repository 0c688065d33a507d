/** What the mail part does with the events: who gets which letter, once. */
import { simpleParser } from 'mailparser'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import email from '../../server/reactors/email'
import { mailHouse } from '../support/mail-house'
import { sampleReview } from '../support/sample-review'

let house: Awaited<ReturnType<typeof mailHouse>>
const settled = async () => (await planned()) && (await house.open()) === 0
const planned = async () => (await house.checkpoint()) === (await house.head())
/** Lets the time pass that a failed attempt waits for. */
const retryDue = async (attempt = 1) => {
  await house.run(async () =>
    (await house.ledger()).some(({ state, attempts }) => state === 'retry' && attempts === attempt),
  )
  vi.setSystemTime(Math.max(...(await house.ledger()).map(({ due_at }) => due_at)))
}
const hour = (h: number, day = 16) => vi.setSystemTime(Date.UTC(2026, 10, day, h))
const subjects = () =>
  house.smtp.taken.map(({ source }) => /^Subject: (.*)$/m.exec(source)![1]!.trim())

beforeAll(async () => {
  house = await mailHouse()
})
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  hour(11)
  await house.clear()
  await house.run(async () => (await house.checkpoint()) === 0)
})
afterEach(() => vi.useRealTimers())
afterAll(() => house.close())

describe('a published review', () => {
  it("is one letter to each who asked, with the reader's own way out, however often the part starts", async () => {
    await house.join(
      { email: 'a@one.example', wants: { genres: ['Drama'] } },
      { email: 'b@two.example', wants: { genres: ['Western'] } },
      { email: 'c@three.example', wants: { minRating: 5 } },
    )
    const event = await house.publish({ id: 'ikiru', film: 'Ikiru', rating: 4.5 })
    await house.run(settled)
    await house.run(settled)
    expect(house.smtp.taken).toMatchObject([
      {
        to: ['a@one.example'],
        messageId: `${event.id}.a-one-example@mymovies.example`,
        from: expect.stringMatching(/^bounce\+a-one-example-[0-9a-f]{16}@mymovies\.example$/),
      },
    ])
    const { text, html } = await simpleParser(house.smtp.taken[0]!.source)
    expect(text).toContain('You subscribed on 3 March 2026 to get each drama.')
    expect(text).toMatch(
      /Unsubscribe: https:\/\/mymovies\.example\/subscribe\/unsubscribe\?token=a-one-example\.[\w-]{43}\n/,
    )
    expect(html).toMatch(
      /href="https:\/\/mymovies\.example\/subscribe\/manage\?token=a-one-example\.[\w-]{43}"/,
    )
    expect(await house.ledger()).toMatchObject([
      { recipient: 'a-one-example', state: 'accepted', origin: 'one.example' },
    ])
  })

  it("waits for the end of a reader's quiet hours", async () => {
    await house.join({ email: 'a@one.example', wants: { quiet: { from: '09:00', to: '14:00' } } })
    await house.publish({ id: 'ikiru' })
    await house.run(planned)
    expect(house.smtp.taken).toEqual([])
    hour(15)
    await house.run(settled)
    expect(house.smtp.taken).toHaveLength(1)
  })

  it('does not go to who unsubscribed in between', async () => {
    await house.join({ email: 'a@one.example', wants: { quiet: { from: '09:00', to: '14:00' } } })
    await house.publish({ id: 'ikiru' })
    await house.run(planned)
    await house.app.deleteFrom('mail_readers').execute()
    hour(15)
    await house.run(settled)
    expect(house.smtp.taken).toEqual([])
    expect(await house.ledger()).toMatchObject([{ state: 'suppressed' }])
  })
})

describe('a refusal', () => {
  it('for now is tried again with the same Message-ID', async () => {
    await house.join({ email: 'a@one.example' })
    house.smtp.behave({ code: 450, say: '4.2.0 greylisted', times: 2 })
    const event = await house.publish({ id: 'ikiru' })
    await retryDue(1)
    await retryDue(2)
    await house.run(settled)
    expect(house.smtp.taken.map(({ messageId }) => messageId)).toEqual([
      `${event.id}.a-one-example@mymovies.example`,
    ])
    expect(await house.ledger()).toMatchObject([{ state: 'accepted', attempts: 3 }])
  })

  it('keeps the Message-ID when the answer was lost', async () => {
    await house.join({ email: 'a@one.example' })
    house.smtp.behave({ step: 'data', act: 'drop', times: 1 })
    await house.publish({ id: 'ikiru' })
    await retryDue()
    await house.run(settled)
    expect(house.smtp.taken).toHaveLength(1)
  })

  it('of the address erases the reader, and the reason does not keep the address', async () => {
    await house.join({ email: 'gone@one.example' }, { email: 'there@one.example' })
    house.smtp.behave({ to: 'gone', code: 550, say: '5.1.1 <gone@one.example>: no such user' })
    await house.publish({ id: 'ikiru' })
    await house.run(settled)
    expect(await house.ledger()).toMatchObject([
      { state: 'suppressed', reason: 'one.example: 550 5.1.1 (address): no such user' },
      { state: 'accepted' },
    ])
    expect(await house.app.selectFrom('mail_readers').select('email').execute()).toEqual([
      { email: 'there@one.example' },
    ])
    expect(await house.app.selectFrom('suppressions').select('reason').execute()).toEqual([
      { reason: 'bounced' },
    ])
  })

  it('of the letter leaves the reader and tells the editors', async () => {
    await house.join({ email: 'a@one.example' })
    house.smtp.behave({ step: 'data', code: 554, say: '5.7.1 looks like spam' })
    await house.publish({ id: 'ikiru' })
    await house.run(settled)
    expect(await house.ledger()).toMatchObject([
      { state: 'dead', reason: 'one.example: 554 5.7.1 looks like spam' },
    ])
    expect(await house.app.selectFrom('mail_readers').select('id').execute()).toHaveLength(1)
  })

  it('of an address that could be read as more than one never reaches the wire', async () => {
    await house.join(
      { email: 'a@one.example\r\nRCPT TO:<evil@example.com>' },
      { email: 'b@two.example' },
    )
    await house.publish({ id: 'ikiru' })
    await house.run(settled)
    expect(house.smtp.taken.map(({ to }) => to)).toEqual([['b@two.example']])
    expect((await house.ledger()).map(({ state }) => state)).toEqual(['suppressed', 'accepted'])
  })
})

describe('a digest', () => {
  const daily = { email: 'a@one.example', wants: { frequency: 'daily' as const, hour: 18 } }

  it("is one letter with what matched, at the reader's hour", async () => {
    await house.join(daily, {
      email: 'b@two.example',
      wants: { frequency: 'daily', hour: 18, genres: ['Western'] },
    })
    await house.publish({ id: 'ikiru', film: 'Ikiru' })
    hour(12)
    await house.publish({ id: 'ran', film: 'Ran' })
    await house.run(planned)
    expect(house.smtp.taken).toEqual([])
    hour(18)
    await house.run(settled)
    expect(subjects()).toEqual(['2 reviews: Ran, Ikiru'])
    expect((await house.ledger()).map(({ state, bundle }) => [state, bundle])).toEqual([
      ['accepted', 'daily:2026-11-16'],
      ['accepted', 'daily:2026-11-16'],
    ])
  })

  it("has the same words for all whose digest says the same, and each one's own links", async () => {
    await house.join(daily, { ...daily, email: 'b@two.example' })
    await house.publish({ id: 'ikiru' })
    await house.publish({ id: 'ran' })
    await house.run(planned)
    hour(18)
    await house.run(settled)
    const [one, two] = await Promise.all(house.smtp.taken.map(({ source }) => simpleParser(source)))
    expect(one!.text!.split('\n\n')[1]).toBe(two!.text!.split('\n\n')[1])
    expect(
      new Set(house.smtp.taken.map(({ source }) => /^List-Unsubscribe:\s+(<.*>)/m.exec(source)![1]))
        .size,
    ).toBe(2)
  })

  it('leaves out what was archived since, and is not sent when nothing is left', async () => {
    await house.join(daily)
    await house.publish({ id: 'ikiru', film: 'Ikiru' })
    await house.publish({ id: 'ran', film: 'Ran' })
    await house.run(planned)
    await house.archive('ran')
    hour(18)
    await house.run(settled)
    await house.publish({ id: 'stalker' })
    await house.run(planned)
    await house.archive('stalker')
    hour(18, 17)
    await house.run(settled)
    expect(subjects()).toEqual(['Go tonight: Ikiru (1949)'])
  })

  it('notes a correction, which alone waits for the next digest with something new', async () => {
    await house.join(daily, { email: 'now@two.example' })
    await house.publish({ id: 'ikiru', film: 'Ikiru' })
    await house.run(planned)
    hour(18)
    await house.run(settled)
    hour(20)
    await house.correct('ikiru', 'It was 1952.')
    await house.run(planned)
    hour(18, 17)
    await house.run(async () =>
      (await house.ledger()).some(
        ({ type, bundle }) => type === 'ReviewCorrected' && bundle === 'daily:2026-11-18',
      ),
    )
    expect(house.smtp.taken).toHaveLength(2)
    await house.publish({ id: 'ran', film: 'Ran' })
    await house.run(planned)
    hour(18, 18)
    await house.run(settled)
    const [digest] = house.smtp.taken.filter(
      ({ to, source }) => to[0] === 'a@one.example' && source.includes('Ran'),
    )
    expect((await simpleParser(digest!.source)).text).toContain(
      'On ikiru, 16 November 2026: It was 1952.',
    )
    expect(house.smtp.taken).toHaveLength(4)
    expect((await house.ledger()).filter(({ type }) => type === 'ReviewCorrected')).toMatchObject([
      { state: 'accepted', attempts: 1 },
    ])
  })

  it('shows a review that was corrected before its digest as it is now, and tells of the correction once', async () => {
    await house.join(daily)
    await house.publish({ id: 'ikiru', film: 'Ikiru', rating: 5 })
    await house.run(planned)
    await house.correct('ikiru', 'Three, not five.')
    await house.run(planned)
    hour(18)
    await house.run(settled)
    expect(subjects()).toEqual(['See it: Ikiru (1949)'])
    const { text, html } = await simpleParser(house.smtp.taken[0]!.source)
    for (const part of [text, html])
      expect(String(part).match(/Three, not five\./g)).toHaveLength(1)
  })
})

it('shows the publish panel the letter that readers will get', () => {
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
