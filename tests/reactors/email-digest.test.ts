/** A digest: one email for everything in a reader's day, as it is when it leaves. */
import { simpleParser } from 'mailparser'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { mailContext } from '../support/mail-context'

let context: Awaited<ReturnType<typeof mailContext>>
const planned = async () => (await context.checkpoint()) === (await context.head())
const settled = async () => (await planned()) && (await context.open()) === 0
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
  const [one, two] = await Promise.all(context.smtp.taken.map(({ source }) => simpleParser(source)))
  expect(one!.text!.split('\n\n')[1]).toBe(two!.text!.split('\n\n')[1])
  expect(
    new Set(context.smtp.taken.map(({ source }) => /^List-Unsubscribe:\s+(<.*>)/m.exec(source)![1]))
      .size,
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
  expect((await context.ledger()).filter(({ type }) => type === 'ReviewCorrected')).toMatchObject([
    { state: 'accepted', attempts: 1 },
  ])
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
  for (const part of [text, html]) expect(String(part).match(/Three, not five\./g)).toHaveLength(1)
})
