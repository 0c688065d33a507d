/**
 * A bounce comes back to the return address of its email, and only affects that email's reader: an
 * unknown address is erased, an address that takes nothing for long rests, a complaint unsubscribes.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { addressPrint } from '../../server/readers/mail-readers'
import { IN_WORDS, statusOnly } from '../channels/mail/reports'
import { mailContext } from '../support/mail-context'

let context: Awaited<ReturnType<typeof mailContext>>
let bounces: typeof import('../../server/readers/bounces')
let doubleOptIn: typeof import('../../server/readers/confirmation/double-opt-in')
const START = Date.UTC(2026, 10, 16, 11)
const DAY = 86_400_000
const take = (source: string) => bounces.takeReport(Buffer.from(source))
const readers = () =>
  context.app.selectFrom('mail_readers').select(['id', 'state']).orderBy('id').execute()
const A = 'a-one-example'
const both = [
  { id: A, state: 'active' },
  { id: 'b-two-example', state: 'active' },
]
const reasons = async () =>
  (await context.app.selectFrom('suppressions').select('reason').execute()).map(row => row.reason)
/** As it comes back to the return path. */
const returned = (source: string, to = path) => `Delivered-To: ${to}\n${source}`
const report = (to: string, status: string, action = 'failed') =>
  returned(statusOnly(status, '').replace('Action: failed', `Action: ${action}`), to)
let path: string
let mailed = 0
/** Publishes a review, and lets the email part do what it can. */
async function publish(when?: number) {
  if (when) vi.setSystemTime(when)
  await context.publish({ id: `film-${++mailed}` })
  await context.run(
    async () =>
      (await context.checkpoint()) === (await context.head()) &&
      (await context.ledger()).every(({ state, attempts }) => state !== 'pending' && attempts > 0),
  )
}

beforeAll(async () => {
  context = await mailContext()
  bounces = await import('../../server/readers/bounces')
  doubleOptIn = await import('../../server/readers/confirmation/double-opt-in')
})
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: START })
  await context.clear()
  await context.run(async () => (await context.checkpoint()) === 0)
  await context.join({ email: 'a@one.example' })
  await publish()
  await context.join({ email: 'b@two.example' })
  path = context.smtp.taken[0]!.from
})
afterEach(() => vi.useRealTimers())
afterAll(() => context.close())

it('an unknown address is erased and suppressed, although the far side names another', async () => {
  expect(await take(report(path, '5.1.1'))).toBe('suppressed')
  expect(await readers()).toEqual([both[1]])
  expect(await reasons()).toEqual(['bounced'])
})

it('anything else is counted and the reader stays', async () => {
  expect(await take(report(path, '4.4.1', 'delayed'))).toBe('counted')
  for (const status of ['4.2.2', '5.2.2', '5.7.26', '5.7.1', '5.0.0', '5.4.4', '5.1.8'])
    expect(await bounces.takeBounce(path, status)).toBe('counted')
  expect(await readers()).toEqual(both)
})

it('a report in any words is about the reader whom its return path names', async () => {
  for (const [name, meaning, source] of IN_WORDS) {
    const noted = await take(returned(source))
    expect([name, noted]).toEqual([name, meaning === 'no mailbox' ? 'suppressed' : 'counted'])
  }
})

it('the return path is recognised however it was encoded on the way', async () => {
  for (const written of [
    path.toUpperCase(),
    path.replace('+', '=2B'),
    `${path.slice(0, 30)}=\n${path.slice(30)}`,
    path.replace('bounce+', 'SRS0=abcd=ef=mymovies.example=bounce+').replace(/@.*/, '@fwd.example'),
  ])
    expect([written, await take(report(written, '4.2.2'))]).toEqual([written, 'counted'])
})

it('not a bounce: nothing changes', async () => {
  expect(await take(report(path, '2.0.0', 'delivered'))).toBe('nothing')
  expect(await take(`To: ${path}\nAuto-Submitted: auto-replied\n\nI am on holiday.`)).toBe(
    'nothing',
  )
  expect(await take(report(path.replace('a-one', 'b-two'), '5.1.1'))).toBeUndefined()
  const reply = `To: us@m.example\nSubject: Re: Go twice\n\n${context.smtp.taken[0]!.source}`
  expect(await take(reply.replaceAll('bounce+', ''))).toBeUndefined()
  expect(await readers()).toHaveLength(2)
})

describe('a complaint', () => {
  const complaint = (original: string, type = 'abuse') =>
    `Content-Type: multipart/report; report-type=feedback-report; boundary=c\n\n--c\nContent-Type: message/feedback-report\n\nFeedback-Type: ${type}\nVersion: 1\n\n--c\nContent-Type: message/rfc822\n\n${original}\n--c--\n`

  it('unsubscribes the reader for good', async () => {
    expect(await take(complaint(`Return-Path: <${path}>\n\nx`))).toBe('unsubscribed')
    expect([await readers(), await reasons()]).toEqual([[both[1]], ['complained']])
  })

  it('names the reader by the link in the email, where the return path is gone', async () => {
    const { source } = context.smtp.taken[0]!
    expect(await take(complaint(source))).toBe('unsubscribed')
    expect(await readers()).toEqual([both[1]])
  })

  it('of somebody who only pressed "Unsubscribe" is remembered as that', async () => {
    const { source } = context.smtp.taken[0]!
    expect(await take(complaint(source, 'opt-out'))).toBe('unsubscribed')
    expect([await readers(), await reasons()]).toEqual([[both[1]], ['unsubscribed']])
  })

  it('with a forged link is about nobody', async () => {
    const forged = `List-Unsubscribe: <https://m.example/u/unsubscribe?token=${A}.${'x'.repeat(43)}>`
    expect(await take(complaint(`${forged}\n\nx`))).toBeUndefined()
  })
})

it('a request to unsubscribe by mail is one', async () => {
  expect(await take(`To: ${path}\nSubject: unsubscribe\n\n`)).toBe('unsubscribed')
  expect([await readers(), await reasons()]).toEqual([[both[1]], ['unsubscribed']])
})

describe('an address that takes nothing', () => {
  const softBounces = async (days: number[]) => {
    for (const day of days) {
      vi.setSystemTime(START + day * DAY)
      await take(report(path, '5.2.2'))
    }
  }
  const stateOfA = async () => (await readers())[0]!.state

  it('rests after five bounces over ten days, visibly, and gets nothing more', async () => {
    await softBounces([1, 3, 5, 7, 9])
    expect(await stateOfA()).toBe('active')
    await softBounces([11])
    expect(await stateOfA()).toBe('resting')
    expect(await context.app.selectFrom('alerts').select(['about', 'count']).execute()).toEqual([
      { about: 'email.resting', count: 1 },
    ])
    context.smtp.clear()
    await publish()
    expect(context.smtp.taken.map(({ to }) => to[0])).toEqual(['b@two.example'])
  })

  it('does not rest after many bounces within a few days', async () => {
    await softBounces([1, 1, 2, 2, 3, 4, 5, 6, 7, 8])
    expect(await stateOfA()).toBe('active')
  })

  it('does not rest if emails arrived in between', async () => {
    await softBounces([1, 3])
    for (const day of [4, 5]) await publish(START + day * DAY)
    await softBounces([7, 9, 11, 13])
    expect(await stateOfA()).toBe('active')
  })

  it('rests although our own server took each of the emails that came back', async () => {
    for (const day of [1, 4, 7, 10, 13]) {
      await publish(START + day * DAY)
      await softBounces([day + 0.5])
    }
    expect(await stateOfA()).toBe('resting')
  })

  it('wakes up when its owner confirms again, and hears of what comes after', async () => {
    await softBounces([1, 3, 5, 7, 12])
    const now = START + 20 * DAY
    await context.app
      .updateTable('mail_readers')
      .set({ email_hash: addressPrint('a@one.example') })
      .where('id', '=', A)
      .execute()
    const asked = await doubleOptIn.askByMail(context.app, {
      email: 'a@one.example',
      wants: {},
      now,
    })
    expect(asked!.id).toBe(A)
    const head = await context.head()
    await doubleOptIn.confirmByMail(context.app, asked!.token, { head, now })
    expect(
      await context.app
        .selectFrom('mail_readers')
        .select(['state', 'position'])
        .where('id', '=', A)
        .execute(),
    ).toEqual([{ state: 'active', position: head }])
    await softBounces([21])
    expect(await stateOfA()).toBe('active')
  })
})

describe('an address that only says 550', () => {
  const refused = async (day: number) => {
    context.smtp.behave({ to: 'a@one', code: 550, say: 'mailbox unavailable' })
    await publish(START + day * DAY)
  }

  it('is erased once that is repeated for days while its server takes emails to others', async () => {
    await context.join({ email: 'c@one.example' })
    for (const day of [1, 2]) await refused(day)
    expect(await readers()).toHaveLength(3)
    await refused(5)
    expect(await readers()).toHaveLength(2)
    expect(await reasons()).toEqual(['bounced'])
  })

  it('is kept if its server takes nothing from us', async () => {
    for (const day of [1, 2, 5]) await refused(day)
    expect(await readers()).toHaveLength(2)
  })
})
