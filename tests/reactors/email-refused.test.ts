/** What becomes of emails that the mail server refuses, and of their readers. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { mailContext } from '../support/mail-context'

let context: Awaited<ReturnType<typeof mailContext>>
const planned = async () => (await context.checkpoint()) === (await context.head())
const settled = async () => (await planned()) && (await context.open()) === 0
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
    expect(await context.app.selectFrom('mail_readers').select('id').execute()).toHaveLength(60)
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
    const wait = ['accepted', ...Array<string>(6).fill('retry')]
    await context.run(async () => (await states()).join() === wait.join())
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

describe('a server that knows nobody any more', () => {
  const addresses = async () =>
    (await context.app.selectFrom('mail_readers').select('email').execute())
      .map(({ email }) => email)
      .sort()
  const UNKNOWN = { code: 550, say: '5.1.1 no such user' }

  /** Lets everything be tried so many times. */
  async function tried(times: number) {
    for (let attempt = 1; attempt <= times; attempt++) await retryDue(attempt)
  }

  it.each([
    ['at one domain', ['a@one.example', 'b@one.example', 'c@one.example', 'd@one.example']],
    ['at several', ['a@one.example', 'b@two.example', 'c@three.example']],
    ['two', ['a@one.example', 'b@two.example']],
  ])('and took all of a small list before erases nobody: %s', async (_, emails) => {
    await context.join(...emails.map(email => ({ email })))
    await context.publish({ id: 'yojimbo' })
    await context.run(settled)
    context.smtp.behave(UNKNOWN)
    await context.publish({ id: 'ikiru' })
    await tried(5)
    expect(await addresses()).toEqual(emails.sort())
    context.smtp.behave()
    await context.run(settled)
    expect(await addresses()).toEqual(emails)
    expect(context.smtp.taken).toHaveLength(2 * emails.length)
  })

  it('is one domain among others that work: nobody there is erased', async () => {
    const emails = Array.from({ length: 20 }, (_, i) => ({ email: `r${i}@d${i % 5}.example` }))
    const lost = Array.from({ length: 4 }, (_, i) => ({ email: `${i}@lost.example` }))
    await context.join(...emails, ...lost)
    context.smtp.behave({ ...UNKNOWN, to: '@lost' })
    await context.publish({ id: 'ikiru' })
    await tried(4)
    expect(await addresses()).toHaveLength(24)
  })

  it('took somebody at the same domain: the others are unknown indeed', async () => {
    const emails = ['gone1@one.example', 'gone2@one.example', 'there@one.example']
    await context.join(...emails.map(email => ({ email })))
    context.smtp.behave({ ...UNKNOWN, to: 'gone' })
    await context.publish({ id: 'ikiru' })
    await context.run(async () => (await addresses()).length === 1)
    expect(await addresses()).toEqual(['there@one.example'])
  })

  it('has only one reader, who is erased at once', async () => {
    await context.join({ email: 'gone@one.example' })
    context.smtp.behave(UNKNOWN)
    await context.publish({ id: 'ikiru' })
    await context.run(settled)
    expect([await addresses(), (await context.ledger())[0]!.attempts]).toEqual([[], 1])
  })

  it('compares with those who get the same email now, not with a digest of tonight', async () => {
    const daily = { frequency: 'daily' as const, hour: 18 }
    await context.join({ email: 'gone@one.example' }, { email: 'b@one.example', wants: daily })
    context.smtp.behave({ ...UNKNOWN, to: 'gone' })
    await context.publish({ id: 'ikiru' })
    await context.run(async () => (await addresses()).length === 1)
    expect(await addresses()).toEqual(['b@one.example'])
  })
})
