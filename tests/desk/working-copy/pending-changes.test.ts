/** A change that became public is no longer pending, however late that is worked out. */
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

it('a field that was published as it was is no longer pending, another still is', () => {
  expect(pendingChanges({ title: 'A', summary: 'Mine.' }, 0, [published('A', 1)])).toEqual({
    summary: 'Mine.',
  })
})

it('a field that was published first and fixed to something else by others does not come back', () => {
  expect(pendingChanges({ title: 'A' }, 0, [published('A', 1), fixed('C', 2)])).toEqual({})
})

it('what was typed after an event stays, even if it reads the same as that event', () => {
  expect(pendingChanges({ title: 'A' }, 2, [published('A', 1), fixed('C', 2)])).toEqual({
    title: 'A',
  })
})

it('archiving leaves everything pending', () => {
  expect(
    pendingChanges({ title: 'B' }, 1, [
      published('A', 1),
      recorded('ReviewArchived', sampleReview(), 2),
    ]),
  ).toEqual({ title: 'B' })
})
