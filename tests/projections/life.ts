/** The life of one review as events, and the rows that a projection makes from them. */
import type { Recorded } from '../../server/log/event-log'
import type { Projection } from '../../server/read-models/define-projection'
import type { PublishedContent, ReviewEvent } from '../../server/review/events'

export const at = (day: number) => `2026-11-${String(day).padStart(2, '0')}T11:00:00.000Z`
const id = 'r1'
const critic = { id: 'ines', name: 'Ines Okafor' }
export const content: PublishedContent = {
  title: 'Everyone in Vienna',
  movie: {
    id: 'the-third-man-1949',
    title: 'The Third Man',
    year: 1949,
    genres: ['Thriller'],
    director: 'Carol Reed',
    ratio: 1.37,
  },
  rating: 5,
  summary: 'A zither and a sewer.',
  body: 'B.',
  tree: [{ t: 'p', c: [{ t: 'text', v: 'Harry Lime arrives late.' }] }],
  tags: ['noir'],
  spoiler: false,
}
export const life = {
  drafted: { type: 'ReviewDrafted', data: { id, critic, draftedAt: at(1) } },
  scheduled: { type: 'ReviewScheduled', data: { id, at: at(9), scheduledAt: at(1) } },
  unscheduled: { type: 'ScheduleCancelled', data: { id, cancelledAt: at(1) } },
  published: {
    type: 'ReviewPublished',
    data: { id, slug: 'everyone', critic, content, publishedAt: at(2) },
  },
  fixed: {
    type: 'ReviewFixed',
    data: { id, changes: { title: 'Everyone in Wien' }, fixedAt: at(3) },
  },
  corrected: {
    type: 'ReviewCorrected',
    data: {
      id,
      changes: {
        rating: 4,
        movie: { ...content.movie, id: 'the-third-man-1950', year: 1950, genres: ['Noir'] },
      },
      note: 'Four.',
      correctedAt: at(4),
    },
  },
  archived: { type: 'ReviewArchived', data: { id, reason: 'Wrong cut.', archivedAt: at(5) } },
  restored: { type: 'ReviewRestored', data: { id, restoredAt: at(6) } },
  erased: { type: 'ReviewErased', data: { id, slug: 'erased-1', erasedAt: at(7) } },
} satisfies Record<string, ReviewEvent>

/** The rows after these events, by key. */
export function rowsAfter<Row extends object>(
  projection: Projection<Row>,
  ...events: ReviewEvent[]
): Map<string, Row> {
  const rows = new Map<string, Row>()
  events.forEach((given, i) => {
    const event = { ...given, position: i + 1, version: i + 1 } as Recorded
    const key = projection.key ? projection.key(event) : event.data.id
    const follow = projection.on[event.type] as
      ((row: Row | undefined, event: Recorded) => Row | null | undefined) | undefined
    if (key === undefined || !follow) return
    const row = follow(rows.get(key), event)
    if (row === null) rows.delete(key)
    else if (row) rows.set(key, row)
  })
  return rows
}
