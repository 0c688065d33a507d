/** The event map says truly which event each command leads to. */
import { expect, it } from 'vitest'
import { LEADS_TO, type ReviewCommand } from '../../server/review/commands'
import type { PublishedContent } from '../../server/review/events'
import { decide, evolve, initialState, type ReviewState } from '../../server/review/review'
import { sampleReview } from '../support/sample-review'

const now = '2026-11-23T20:00:00.000Z'
const content: PublishedContent = sampleReview()
/** In the order of a life in which each of them is allowed. */
const LIFE: ReviewCommand[] = [
  { type: 'DraftReview', data: { id: 'r', critic: { id: 'ines', name: 'Ines' } }, now },
  { type: 'ScheduleReview', data: { at: '2026-12-01T08:00:00.000Z' }, now },
  { type: 'CancelSchedule', data: {}, now },
  { type: 'PublishReview', data: { id: 'r', slug: 'vienna', content }, now },
  { type: 'FixReview', data: { changes: { summary: 'Fixed.' } }, now },
  { type: 'CorrectReview', data: { changes: { rating: 4 }, note: 'A slip.' }, now },
  { type: 'ArchiveReview', data: { reason: 'A mistake.' }, now },
  { type: 'RestoreReview', data: {}, now },
  { type: 'ArchiveReview', data: { reason: 'For good.' }, now },
  { type: 'EraseReview', data: { slug: 'vienna' }, now },
]

it('each command leads to its event', () => {
  let state: ReviewState = initialState
  const led = LIFE.map(command => {
    const events = decide(state, command)
    state = events.reduce(evolve, state)
    return [command.type, events.map(event => event.type)]
  })
  expect(led).toEqual(LIFE.map(({ type }) => [type, [LEADS_TO[type]]]))
  expect(new Set(LIFE.map(({ type }) => type))).toEqual(new Set(Object.keys(LEADS_TO)))
})
