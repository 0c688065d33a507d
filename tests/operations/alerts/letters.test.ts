/**
 * Emails to operators over real SMTP: grouped, at most hourly about one thing, once when it is
 * resolved, never twice after a crash, never about themselves.
 */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { AppTables } from '../../../server/db/schema'
import { mailContext } from '../../support/mail-context'

type Context = Awaited<ReturnType<typeof mailContext>>
let context: Context
let tell: typeof import('../../../server/delivery/contract/tell-operators').tellOperators
let close: typeof import('../../../server/delivery/contract/tell-operators').closeAlert
let queue: (now: number) => Promise<number>
let send: (now: number) => Promise<void>
const START = Date.UTC(2026, 10, 25, 11)
const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

beforeAll(async () => {
  context = await mailContext()
  const [{ tellOperators, closeAlert }, { queueLetters }, { sendLetters }] = await Promise.all([
    import('../../../server/delivery/contract/tell-operators'),
    import('../../../server/operations/alerts/due'),
    import('../../../server/operations/alerts/letters'),
  ])
  tell = tellOperators
  close = closeAlert
  queue = now => queueLetters(context.app, now)
  send = now => sendLetters(context.app, now)
  const person = (role: AppTables['people']['role']) => ({
    id: role,
    name: role,
    email: `${role}@mymovies.example`,
    emailVerified: 1,
    image: null,
    role,
    createdAt: '',
    updatedAt: '',
  })
  await context.app
    .insertInto('people')
    .values([person('owner'), person('editor'), person('critic')])
    .execute()
})
afterAll(() => context.close())
beforeEach(async () => {
  for (const table of ['alerts', 'alert_letters'] as const)
    await context.app.deleteFrom(table).execute()
  context.smtp.behave()
  context.smtp.clear()
})

const died = (now: number, count = 1, part = 'push') =>
  tell(
    context.app,
    {
      about: `${part}.dead`,
      says: `${part} gave up`,
      unit: ['delivery', 'deliveries'],
      sample: 'answered 418',
      todo: 'Read the reason.',
      link: '/editor/parts#dead',
      count,
    },
    now,
  )
const round = async (now: number) => {
  await queue(now)
  await send(now)
}
const subjects = (to = 'owner') =>
  context.smtp.taken
    .filter(letter => letter.to[0] === `${to}@mymovies.example`)
    .map(({ source }) => /^Subject: (.*)$/m.exec(source)![1]!.trim())
/** Decodes quoted-printable. */
const text = (n: number) =>
  context.smtp.taken[n]!.source.replaceAll(/=\r?\n/g, '').replaceAll(
    /=([0-9A-F]{2})/g,
    (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)),
  )

it('ten thousand failures in a minute are one email to each editor and owner, with the count and a reason', async () => {
  for (let s = 0; s < 59; s += 5) {
    await died(START + s * SECOND, (10_000 / 12) | 0)
    await round(START + s * SECOND)
  }
  await died(START + 59 * SECOND, 4)
  expect(context.smtp.taken).toEqual([])
  await round(START + 60 * SECOND)
  expect([subjects('owner'), subjects('editor'), subjects('critic')]).toEqual([
    ['push gave up 10,000 deliveries'],
    ['push gave up 10,000 deliveries'],
    [],
  ])
  expect(text(0)).toMatch(
    /Last reason: answered 418[\s\S]*https:\/\/mymovies\.example\/editor\/parts#dead/,
  )
})

it('goes out as soon as it is quiet, and again about the same thing an hour later, with how many since', async () => {
  await died(START)
  await round(START + 9 * SECOND)
  expect(subjects()).toEqual([])
  await round(START + 10 * SECOND)
  expect(subjects()).toEqual(['push gave up 1 delivery'])
  await died(START + 5 * MINUTE, 37)
  await round(START + 59 * MINUTE)
  expect(subjects()).toHaveLength(1)
  await round(START + HOUR + 11 * SECOND)
  expect(subjects()[1]).toBe('push gave up 37 deliveries')
  expect(text(2)).toContain('37 deliveries since our last email, 38 in all')
  await round(START + 3 * HOUR)
  expect(subjects()).toHaveLength(2)
})

it('puts several problems into one email', async () => {
  await died(START)
  await died(START, 2, 'email')
  await round(START + 10 * SECOND)
  expect(subjects()).toEqual(['2 problems need attention'])
  expect(text(0)).toMatch(/push gave up 1 delivery[\s\S]*email gave up 2 deliveries/)
})

it('leaves a minute between two emails, whatever they are about', async () => {
  await died(START)
  await round(START + 10 * SECOND)
  await died(START + 11 * SECOND, 1, 'email')
  await round(START + 30 * SECOND)
  expect(subjects()).toHaveLength(1)
  await round(START + 70 * SECOND)
  expect(subjects()).toHaveLength(2)
})

it('says once that a problem is resolved, and nothing about one that nobody heard of', async () => {
  await died(START)
  await died(START, 1, 'email')
  await close(context.app, 'email.dead', START + SECOND)
  await round(START + 10 * SECOND)
  await close(context.app, 'push.dead', START + 2 * MINUTE)
  for (const later of [2, 3, 60, 600]) await round(START + later * MINUTE + 10 * SECOND)
  expect(subjects()).toEqual(['push gave up 1 delivery', 'Resolved: push gave up 1 delivery'])
})

it('a problem that comes and goes all day is at most two emails an hour', async () => {
  for (let minute = 0; minute < 240; minute += 2) {
    await died(START + minute * MINUTE)
    await round(START + minute * MINUTE + 15 * SECOND)
    await close(context.app, 'push.dead', START + (minute + 1) * MINUTE)
    await round(START + (minute + 1) * MINUTE + 15 * SECOND)
  }
  expect(subjects().length).toBeLessThanOrEqual(8)
  expect(subjects().length).toBeGreaterThanOrEqual(4)
})

it('several processes at once send one email', async () => {
  await died(START)
  const now = START + 10 * SECOND
  await Promise.all(Array.from({ length: 5 }, () => queue(now)))
  await Promise.all(Array.from({ length: 5 }, () => send(now)))
  expect(subjects()).toHaveLength(1)
})

it('an email that was queued before a crash leaves after it, once', async () => {
  await died(START)
  await queue(START + 10 * SECOND)
  await round(START + 20 * SECOND)
  await round(START + 30 * SECOND)
  expect(subjects()).toHaveLength(1)
})

it('a mail server that is down loses no email, and causes neither a storm afterwards nor an alert', async () => {
  context.smtp.behave({ step: 'rcpt', code: 451, say: '4.3.0 later' })
  for (let hour = 0; hour < 6; hour++) {
    await died(START + hour * HOUR, 10)
    for (let m = 0; m < 60; m += 5) await round(START + hour * HOUR + m * MINUTE + 10 * SECOND)
  }
  expect([
    subjects(),
    (await context.app.selectFrom('alerts').select('about').execute()).map(row => row.about),
    await context.ledger(),
  ]).toEqual([[], ['push.dead'], []])
  context.smtp.behave()
  for (let hour = 6; hour < 16; hour++) await round(START + hour * HOUR)
  expect(subjects()).toHaveLength(1)
})

it('writes to nobody who is not an editor any more', async () => {
  await died(START)
  await queue(START + 10 * SECOND)
  await context.app
    .updateTable('people')
    .set({ role: 'critic' })
    .where('id', '=', 'editor')
    .execute()
  await send(START + 10 * SECOND)
  await context.app
    .updateTable('people')
    .set({ role: 'editor' })
    .where('id', '=', 'editor')
    .execute()
  expect([
    subjects('owner').length,
    subjects('editor').length,
    await context.app.selectFrom('alert_letters').selectAll().execute(),
  ]).toEqual([1, 0, []])
})

it('goes out although the clock was set back after the trouble, and so does the news that it is over', async () => {
  await died(START)
  const back = START - 2 * HOUR
  await round(back)
  expect(subjects()).toEqual(['push gave up 1 delivery'])
  await close(context.app, 'push.dead', back + MINUTE)
  await round(back + 2 * MINUTE)
  expect(subjects()[1]).toBe('Resolved: push gave up 1 delivery')
})
