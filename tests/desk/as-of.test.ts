/** A review as of a position: the events up to there, and none after. */
import { expect, it } from 'vitest'
import { reviewAsOf } from '../../server/desk/as-of'
import type { Recorded } from '../../server/log/event-log'
import { at, content, life } from '../projections/life'

/** Other reviews' events are between them: positions 2, 4, 6 … */
const events = [
  life.drafted,
  life.scheduled,
  life.published,
  life.fixed,
  life.corrected,
  life.archived,
  life.restored,
].map(
  (event, i) =>
    ({
      ...event,
      position: 2 * (i + 1),
      version: i + 1,
      at: at(i + 1),
      meta: { actor: 'Ines' },
    }) as Recorded,
)

it('does not exist before its first event', () => {
  expect([0, 1].map(position => reviewAsOf(events, position))).toEqual([undefined, undefined])
})

it('has no text before it is published', () => {
  expect(reviewAsOf(events, 2)).toEqual({
    id: 'r1',
    asOf: 2,
    status: 'draft',
    event: { type: 'ReviewDrafted', position: 2, version: 1, at: at(1), actor: 'Ines' },
    critic: life.drafted.data.critic,
    corrections: [],
  })
  expect(reviewAsOf(events, 4)).toMatchObject({ status: 'scheduled', scheduledFor: at(9) })
})

it('is between two events what it was after the first', () => {
  expect(reviewAsOf(events, 7)).toEqual({ ...reviewAsOf(events, 6), asOf: 7 })
  expect(reviewAsOf(events, 6)).toMatchObject({ ...content, status: 'published' })
})

it('changes with each event, and keeps what was', () => {
  expect([6, 8, 10].map(position => reviewAsOf(events, position)!.title)).toEqual([
    content.title,
    'Everyone in Wien',
    'Everyone in Wien',
  ])
  expect([8, 10].map(position => reviewAsOf(events, position)!.rating)).toEqual([5, 4])
  expect(reviewAsOf(events, 10)!.corrections).toMatchObject([{ note: 'Four.' }])
  expect(reviewAsOf(events, 12)).toMatchObject({
    status: 'archived',
    title: 'Everyone in Wien',
    archived: { reason: 'Wrong cut.' },
  })
  expect(reviewAsOf(events, 999)).toMatchObject({ status: 'published' })
  expect(reviewAsOf(events, 999)).not.toHaveProperty('archived')
})
