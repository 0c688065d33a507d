/** A review's history shows what each event changed. */
import { expect, it } from 'vitest'
import { historyOf } from '../../server/desk/history'
import type { Recorded } from '../../server/log/event-log'
import { at, content, life } from '../projections/life'

const history = (...events: (typeof life)[keyof typeof life][]) =>
  historyOf(
    events.map(
      (event, i) =>
        ({ ...event, position: i + 1, at: at(i + 1), meta: { actor: 'Ines' } }) as Recorded,
    ),
  )

it('shows which fields were added, and what others changed to', () => {
  const [drafted, published, fixed] = history(life.drafted, life.published, life.fixed)
  expect(drafted).toEqual({
    type: 'ReviewDrafted',
    position: 1,
    at: at(1),
    actor: 'Ines',
    diff: [],
  })
  expect(published!.diff).toContainEqual({ field: 'rating', before: null, after: 5 })
  expect(published!.diff.map(({ field }) => field)).not.toContain('tree')
  expect(fixed!.diff).toEqual([
    { field: 'title', before: content.title, after: 'Everyone in Wien' },
  ])
})

it('shows the note of a correction, the reason for archiving and the time of a schedule', () => {
  const [, scheduled, cancelled, , corrected, archived] = history(
    life.drafted,
    life.scheduled,
    { ...life.unscheduled, data: { ...life.unscheduled.data, reason: 'No rating.' } } as never,
    life.published,
    life.corrected,
    life.archived,
  )
  expect(scheduled).toMatchObject({ scheduledFor: at(9) })
  expect(cancelled).toMatchObject({ reason: 'No rating.' })
  expect(corrected).toMatchObject({ note: 'Four.' })
  expect(corrected!.diff.map(({ field }) => field).sort()).toEqual(['movie', 'rating'])
  expect(archived).toMatchObject({ reason: 'Wrong cut.', diff: [] })
})
