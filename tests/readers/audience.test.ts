/** Which readers hear of a review: by wants, by time of joining, in pages, at once or later. */
import type { Kysely } from 'kysely'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AppTables } from '../../server/db/schema'
import { type AudienceOf, countReaders, planAudience } from '../../server/readers/plan-audience'
import { wantsColumns } from '../../server/readers/wants'
import type { Wants } from '../../shared/types/wants'
import { place } from './place'

const NOON = Date.parse('2026-11-23T12:00:00Z')
const review = {
  rating: 4,
  critic: { id: 'ines', name: 'Ines Okafor' },
  movie: { id: 'm', title: 'The Third Man', year: 1949, genres: ['Thriller'] },
}
const query = (more: Partial<AudienceOf> = {}): AudienceOf => ({
  position: 10,
  review,
  after: '',
  limit: 100,
  now: NOON,
  ...more,
})

let app: Kysely<AppTables>
beforeEach(async () => {
  app = await place()
})

const byMail = (
  id: string,
  wants: Wants = {},
  more: Partial<AppTables['mail_readers']> = {},
): AppTables['mail_readers'] => ({
  id,
  email: `${id}@example.org`,
  email_hash: id,
  state: 'active',
  ...wantsColumns(wants),
  asked: null,
  asked_at: 0,
  letters: 0,
  confirmed_at: 0,
  position: 0,
  ...more,
})
const byPush = (
  id: string,
  wants: Wants = {},
  more: Partial<AppTables['push_readers']> = {},
): AppTables['push_readers'] => ({
  id,
  endpoint: `https://push.example/${id}`,
  endpoint_hash: id,
  p256dh: '',
  auth: '',
  origin: 'https://push.example',
  ...wantsColumns(wants),
  asked_at: 0,
  position: 0,
  ...more,
})
const mail = (...rows: AppTables['mail_readers'][]) =>
  app.insertInto('mail_readers').values(rows).execute()
const planned = async (more?: Partial<AudienceOf>) =>
  (await planAudience(app, 'mail_readers', query(more))).map(({ recipient }) => recipient)

describe('an audience', () => {
  it('is the readers who asked for such a review, in the order of their ids', async () => {
    await mail(
      byMail('d'),
      byMail('a', { genres: ['Thriller'] }),
      byMail('b', { genres: ['Western'] }),
      byMail('c', { minRating: 4.5 }),
      byMail('e', { critics: ['tom'] }),
    )
    expect(await planned()).toEqual(['a', 'd'])
  })

  it('leaves out readers who joined at or after the event, or did not confirm', async () => {
    await mail(
      byMail('before', {}, { position: 9 }),
      byMail('at', {}, { position: 10 }),
      byMail('after', {}, { position: 11 }),
      byMail('unconfirmed', {}, { state: 'unconfirmed' }),
    )
    expect(await planned()).toEqual(['before'])
  })

  it('comes in full pages until the last, however few match', async () => {
    const rows = Array.from({ length: 1000 }, (_, i) =>
      byMail(String(i).padStart(4, '0'), i % 10 ? { genres: ['Western'] } : {}),
    )
    await mail(...rows)
    const all: string[] = []
    for (let page; (page = await planned({ after: all.at(-1) ?? '', limit: 30 })).length === 30;)
      all.push(...page)
    expect(all.length).toBe(90)
    expect(await planned({ after: all.at(-1), limit: 30 })).toHaveLength(10)
  })

  it('gives the time and bundle for readers with a digest or quiet hours', async () => {
    await app
      .insertInto('push_readers')
      .values([
        byPush('daily', { frequency: 'daily', hour: 18, timeZone: 'Europe/Vienna' }),
        byPush('weekly', { frequency: 'weekly', hour: 9 }),
        byPush('asleep', { quiet: { from: '11:00', to: '13:00' } }),
        byPush('now'),
      ])
      .execute()
    const origin = 'https://push.example'
    expect(await planAudience(app, 'push_readers', query())).toEqual([
      { recipient: 'asleep', origin, dueAt: Date.parse('2026-11-23T13:00:00Z') },
      {
        recipient: 'daily',
        origin,
        dueAt: Date.parse('2026-11-23T17:00:00Z'),
        bundle: 'daily:2026-11-23',
      },
      { recipient: 'now', origin },
      {
        recipient: 'weekly',
        origin,
        dueAt: Date.parse('2026-11-27T09:00:00Z'),
        bundle: 'weekly:2026-W48',
      },
    ])
    expect(await countReaders(app, 'push_readers', review, NOON)).toEqual({ now: 1, later: 3 })
  })

  it('of a correction is the readers of digests', async () => {
    await mail(byMail('a'), byMail('b', { frequency: 'weekly' }))
    expect(await planned({ digestsOnly: true })).toEqual(['b'])
  })

  it('counts beyond one page', async () => {
    for (let i = 0; i < 6; i++)
      await mail(
        ...Array.from({ length: 1000 }, (_, k) =>
          byMail(`${i}-${k}`, k % 2 ? { frequency: 'daily' } : {}),
        ),
      )
    expect(await countReaders(app, 'mail_readers', review, NOON)).toEqual({
      now: 3000,
      later: 3000,
    })
  })
})
