/** The newest public change: its position, and a date that never goes back. */
import { expect, it } from 'vitest'
import publicChanges from '../../server/projections/public-changes'
import type { ReviewEvent } from '../../server/review/events'
import { life, rowsAfter } from './life'

const AT = '2026-11-20T10:00:00.200Z'
const SAME_SECOND = '2026-11-20T10:00:00.900Z'
const NEXT_SECOND = '2026-11-20T10:00:01.000Z'
const newest = (...events: [ReviewEvent, string][]) =>
  rowsAfter(publicChanges, ...events.map(([event, at]) => ({ ...event, at }))).get('newest')

it('knows nothing of what happens in private', () => {
  expect(newest([life.drafted, AT], [life.scheduled, NEXT_SECOND])).toBeUndefined()
  expect(newest([life.published, AT], [life.drafted, NEXT_SECOND])).toMatchObject({
    position: 1,
    at: AT,
  })
})

it.each([life.fixed, life.corrected, life.archived, life.restored])(
  'moves with every public event',
  event =>
    expect(newest([life.published, AT], [event, NEXT_SECOND])).toMatchObject({
      position: 2,
      at: NEXT_SECOND,
      ambiguous: 0,
    }),
)

it('says when two changes bear the same second', () => {
  expect(newest([life.published, AT])).toMatchObject({ ambiguous: 0 })
  const twice = [
    [life.published, AT],
    [life.fixed, SAME_SECOND],
  ] as [ReviewEvent, string][]
  expect(newest(...twice)).toMatchObject({ at: SAME_SECOND, ambiguous: 1 })
  expect(newest(...twice, [life.corrected, NEXT_SECOND])).toMatchObject({ ambiguous: 0 })
})

it('never goes back, and says so', () => {
  expect(newest([life.published, NEXT_SECOND], [life.fixed, AT])).toMatchObject({
    position: 2,
    at: NEXT_SECOND,
    ambiguous: 1,
  })
})
