/** What became public is not pending any more, however late that is worked out. */
import { expect, it } from 'vitest'
import { pendingChanges } from '../../../server/desk/working-copy/pending-changes'
import type { Recorded } from '../../../server/log/event-log'
import { recorded } from '../../support/delivery'
import { sampleReview } from '../../support/sample-review'

const published = (title: string, version: number) =>
  recorded('ReviewPublished', sampleReview({ title }), version)
const fixed = (title: string, version: number): Recorded =>
  ({
    ...recorded('ReviewFixed', sampleReview(), version),
    data: { id: 'r', changes: { title }, fixedAt: '2026-11-24T00:00:00.000Z' },
  }) as Recorded

it('a field that was published as it stood is settled, another is not', () => {
  expect(pendingChanges({ title: 'A', summary: 'Mine.' }, 0, [published('A', 1)])).toEqual({
    summary: 'Mine.',
  })
})

it('a field that was published first and fixed to something else by others does not come back', () => {
  expect(pendingChanges({ title: 'A' }, 0, [published('A', 1), fixed('C', 2)])).toEqual({})
})

it('what was typed after an event stays, even when it reads as that event did', () => {
  expect(pendingChanges({ title: 'A' }, 2, [published('A', 1), fixed('C', 2)])).toEqual({
    title: 'A',
  })
})

it('a withdrawal settles nothing', () => {
  expect(
    pendingChanges({ title: 'B' }, 1, [
      published('A', 1),
      recorded('ReviewArchived', sampleReview(), 2),
    ]),
  ).toEqual({ title: 'B' })
})
