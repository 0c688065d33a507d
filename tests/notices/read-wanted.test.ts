/** Pages of a narrowed log, walked through from any position, against a plain count of what should be in them. */
import { beforeAll, expect, it } from 'vitest'
import type { EventLog, Recorded } from '../../server/log/event-log'
import { openMemoryLog } from '../../server/log/memory'
import { readWanted } from '../../server/notices/read-wanted'
import type { Wanted } from '../../server/notices/wanted'
import { NOTICE_TYPE } from '../../shared/types/notice'
import { WRITTEN } from '../support/desk-room'
import { randomFrom } from '../support/random'

const GENRES = ['Drama', 'War', 'Horror']
const REVIEWS = 700
const AT = '2026-11-23T20:00:00.000Z'
const chance = randomFrom(11)
const pick = <T>(list: readonly T[]) => list[Math.floor(chance() * list.length)]!
const log: EventLog = openMemoryLog()

/** Each event with every genre, critic and rating that counts for it. */
const recorded: { event: Recorded; counts: { genre: string; critic: string; rating: number }[] }[] =
  []

beforeAll(async () => {
  const now = new Map<string, { genre: string; critic: string; rating: number }>()
  const ever = new Map<string, { genre: string; critic: string; rating: number }[]>()
  for (let i = 0; i < 4000; i++) {
    const id = `r${Math.floor(chance() * REVIEWS)}`
    const before = now.get(id)
    const after = {
      genre: pick(GENRES),
      critic: before?.critic ?? pick(['ines', 'tom']),
      rating: Math.floor(chance() * 6),
    }
    const critic = { id: after.critic, name: after.critic }
    const movie = { ...WRITTEN.movie!, genres: [after.genre] }
    const content = { ...WRITTEN, tree: [], movie, rating: after.rating }
    const changes = { movie, rating: after.rating }
    const archives = before && chance() < 0.2
    const archived = { type: 'ReviewArchived', data: { id, reason: 'r', archivedAt: AT } }
    const published = {
      type: 'ReviewPublished',
      data: { id, slug: id, critic, content, publishedAt: AT },
    }
    const changed = {
      type: pick(['ReviewFixed', 'ReviewCorrected']),
      data: { id, changes, note: 'n' },
    }
    const laterOne = archives ? archived : changed
    const event = before ? laterOne : published
    const { events } = await log.append(`review-${id}`, 'any', [
      { ...event, at: AT, meta: { actor: 'a' } } as never,
    ])
    if (!archives) now.set(id, after)
    const all = [...(ever.get(id) ?? []), after]
    if (!archives) ever.set(id, all)
    recorded.push({
      event: events[0]!,
      counts: archives ? ever.get(id)! : [...(before ? [before] : []), after],
    })
  }
})

const expected = ({ types, subject, wants = {} }: Wanted, after: number) =>
  recorded
    .filter(({ event }) => event.position > after)
    .filter(({ event }) => !types || types.includes(NOTICE_TYPE[event.type as 'ReviewFixed']))
    .filter(({ event }) => !subject || subject.includes(event.data.id))
    .filter(({ counts }) =>
      counts.some(
        ({ genre, critic, rating }) =>
          (!wants.genres || wants.genres.includes(genre)) &&
          (!wants.critics || wants.critics.includes(critic)) &&
          rating >= (wants.minRating ?? 0),
      ),
    )
    .map(({ event }) => event.position)

async function walk(wanted: Wanted, after: number, limit: number) {
  const positions: number[] = []
  for (;;) {
    const { events, reached, full } = await readWanted(log, wanted, { after, limit })
    positions.push(...events.map(({ position }) => position))
    expect(full).toBe(events.length === limit)
    if (reached === after) return positions
    after = reached
  }
}

it.each<Wanted>([
  {},
  { types: [NOTICE_TYPE.ReviewArchived] },
  { wants: { genres: ['War'] } },
  { wants: { genres: ['War', 'Horror'], critics: ['tom'], minRating: 4 } },
  { wants: { minRating: 5 }, types: [NOTICE_TYPE.ReviewArchived, NOTICE_TYPE.ReviewFixed] },
  { subject: ['r1'] },
  { subject: ['r1', 'r2', 'r699', 'none'], wants: { genres: ['Drama'] } },
  { subject: ['r7', 'r8'], types: [NOTICE_TYPE.ReviewCorrected] },
  { subject: ['none'] },
])('%j', async wanted => {
  for (const [after, limit] of [
    [0, 500],
    [0, 7],
    [1234, 100],
    [3700, 3],
    [4000, 10],
  ] as const)
    expect([after, await walk(wanted, after, limit)]).toEqual([after, expected(wanted, after)])
})

it('goes on where few are wanted, after a short page', async () => {
  const { events, reached, full } = await readWanted(
    log,
    { wants: { critics: ['nobody'] } },
    { after: 0, limit: 100 },
  )
  expect([events, full, reached]).toEqual([[], false, 2000])
})
