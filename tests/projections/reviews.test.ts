/** The state of a review after each event of its life. */
import { expect, it } from 'vitest'
import reviews from '../../server/projections/reviews'
import { at, life, rowsAfter } from './life'

const row = (...events: Parameters<typeof rowsAfter>[1][]) =>
  rowsAfter(reviews, ...events).get('r1')

it.each([
  [
    'a draft',
    [life.drafted],
    {
      status: 'draft',
      slug: null,
      critic_id: 'ines',
      schedule_at: null,
      version: 1,
    },
  ],
  ['scheduled', [life.drafted, life.scheduled], { status: 'scheduled', schedule_at: at(9) }],
  [
    'taken off the schedule',
    [life.drafted, life.scheduled, life.unscheduled],
    { status: 'draft', schedule_at: null },
  ],
  [
    'published',
    [life.drafted, life.published],
    {
      status: 'published',
      slug: 'everyone',
      position: 2,
      version: 2,
      sample: 0,
    },
  ],
  [
    'corrected',
    [life.drafted, life.published, life.corrected],
    { status: 'published', version: 3 },
  ],
  [
    'archived',
    [life.drafted, life.published, life.archived],
    { status: 'archived', slug: 'everyone' },
  ],
  [
    'restored',
    [life.drafted, life.published, life.archived, life.restored],
    { status: 'published' },
  ],
] as const)('%s', (_, events, expected) => expect(row(...events)).toMatchObject(expected))
