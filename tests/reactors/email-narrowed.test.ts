/** What a reader wants is asked once more when an email leaves: it may have changed while it waited. */
import { simpleParser } from 'mailparser'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import type { Wants } from '../../shared/types/wants'
import { mailContext } from '../support/mail-context'

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

const change = (wants: Wants) =>
  context.app
    .updateTable('mail_readers')
    .set({ wants: JSON.stringify(wants) })
    .execute()
const daily = { frequency: 'daily' as const, hour: 18 }

it('a digest has only what is wanted now, and the sentence fits', async () => {
  await context.join({ email: 'a@one.example', wants: daily })
  await context.publish({ id: 'ikiru', film: 'Ikiru', genres: ['Drama'] })
  await context.publish({ id: 'm', film: 'M', genres: ['Thriller'] })
  await context.run(planned)
  await change({ ...daily, genres: ['thriller'] })
  hour(18)
  await context.run(settled)
  const { text, subject } = await simpleParser(context.smtp.taken[0]!.source)
  expect(subject).toContain('M (1949)')
  expect(text).not.toContain('Ikiru')
  expect(text).toContain('to get each thriller, in one email a day')
})

it('nothing is sent where nothing is wanted any more, after quiet hours too', async () => {
  await context.join(
    { email: 'a@one.example', wants: daily },
    { email: 'b@two.example', wants: { quiet: { from: '09:00', to: '14:00' } } },
  )
  await context.publish({ id: 'ikiru', rating: 3 })
  await context.run(planned)
  await change({ minRating: 4 })
  hour(18)
  await context.run(settled)
  expect(context.smtp.taken).toEqual([])
  expect(await context.ledger()).toMatchObject([
    { state: 'suppressed', reason: 'the reader wants others now' },
    { state: 'suppressed' },
  ])
})
