/** A long log for benchmarks: reviews that were drafted, published, and partly fixed, corrected, archived or restored. */
import type { NewEvent } from '../server/log/event-log'
import { openSqliteLog } from '../server/log/sqlite/sqlite'
import type { ReviewEvent } from '../server/review/events'

const AT_ONCE = 2000
const at = '2026-11-24T11:00:00.000Z'
const paragraph =
  'Kanji Watanabe has stamped papers for thirty years and has not been alive for any of them. '.repeat(
    6,
  )
const film = (i: number) => ({
  id: `film-${i % 3000}`,
  title: `Film ${i % 3000}`,
  year: 1950,
  genres: ['Drama'],
})
const content = (i: number) => ({
  title: `Review ${i}`,
  movie: film(i),
  rating: 4,
  summary: 'A clerk learns that he is dying.',
  body: paragraph,
  tree: [{ t: 'p' as const, c: [{ t: 'text' as const, v: paragraph }] }],
  tags: ['old age'],
  spoiler: false,
})

/** Writes `count` events; returns once they are on disk. A review has five events for every two. */
export async function writeLongLog(file: string, count: number) {
  const log = openSqliteLog(file)
  for (let written = 0, i = 0; written < count;) {
    const chunk: Promise<unknown>[] = []
    for (; chunk.length < AT_ONCE && written < count; i++) {
      const events = lifeOf(i).slice(0, count - written)
      written += events.length
      chunk.push(log.append(`review-${idOf(i)}`, 'none', events.map(recordedNow)))
    }
    await Promise.all(chunk)
  }
  await log.close()
}

/** In the order of time, as the real ones are. */
const idOf = (i: number) => `r${String(i).padStart(8, '0')}`

const recordedNow = (event: ReviewEvent) => ({ ...event, meta: { actor: 'bench' }, at }) as NewEvent

function lifeOf(i: number): ReviewEvent[] {
  const id = idOf(i)
  const critic = { id: `critic-${i % 20}`, name: `Critic ${i % 20}` }
  const begun: ReviewEvent[] = [
    { type: 'ReviewDrafted', data: { id, critic, draftedAt: at } },
    {
      type: 'ReviewPublished',
      data: { id, slug: id, critic, content: content(i), publishedAt: at },
    },
  ]
  return i % 2 ? [...begun, later(id, i)] : begun
}

function later(id: string, i: number): ReviewEvent {
  if (i % 20 === 1)
    return { type: 'ReviewArchived', data: { id, reason: 'Double.', archivedAt: at } }
  if (i % 6 === 1)
    return {
      type: 'ReviewCorrected',
      data: { id, changes: { rating: 3 }, note: 'Three.', correctedAt: at },
    }
  return { type: 'ReviewFixed', data: { id, changes: { title: `Fixed ${i}` }, fixedAt: at } }
}
