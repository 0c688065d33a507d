/** Given these events, when this command comes, then that happens (or is refused). */
import { describe, expect, it } from 'vitest'
import type { ReviewCommand } from '../../server/review/commands'
import type { PublishedContent, ReviewEvent } from '../../server/review/events'
import { IllegalReview } from '../../server/review/illegal-review'
import { decide, evolve, initialState, type ReviewState } from '../../server/review/review'

const now = '2026-11-14T11:01:17.000Z'
const later = '2026-11-16T09:20:00.000Z'
const id = 'r1'
const critic = { id: 'ines', name: 'Ines Okafor' }
const content: PublishedContent = {
  title: 'Everyone in Vienna',
  movie: { id: 'the-third-man-1949', title: 'The Third Man', year: 1949, genres: ['Thriller'] },
  rating: 5,
  summary: 'S.',
  body: 'B.',
  tree: [{ t: 'p', c: [{ t: 'text', v: 'B.' }] }],
  tags: [],
  spoiler: false,
}
const drafted: ReviewEvent = { type: 'ReviewDrafted', data: { id, critic, draftedAt: now } }
const published: ReviewEvent = {
  type: 'ReviewPublished',
  data: { id, slug: 'everyone', critic, content, publishedAt: now },
}
const archived: ReviewEvent = {
  type: 'ReviewArchived',
  data: { id, reason: 'Wrong cut.', archivedAt: now },
}
const scheduled: ReviewEvent = {
  type: 'ReviewScheduled',
  data: { id, at: later, scheduledAt: now },
}
const publish: ReviewCommand = {
  type: 'PublishReview',
  data: { id, slug: 'everyone', content },
  now,
}
const correct: ReviewCommand = {
  type: 'CorrectReview',
  data: { changes: { rating: 4 }, note: 'Four.' },
  now: later,
}
const erased: ReviewEvent = {
  type: 'ReviewErased',
  data: { id, slug: 'erased-1', erasedAt: now },
}
const erase: ReviewCommand = { type: 'EraseReview', data: { slug: 'erased-1' }, now }
const schedule: ReviewCommand = { type: 'ScheduleReview', data: { at: later }, now }

const given = (...events: ReviewEvent[]) => events.reduce<ReviewState>(evolve, initialState)
const when = (state: ReviewState, command: ReviewCommand) => decide(state, command).map(e => e.type)

describe('a review', () => {
  it.each<[string, ReviewEvent[], ReviewCommand, string[]]>([
    ['is drafted', [], { type: 'DraftReview', data: { id, critic }, now }, ['ReviewDrafted']],
    ['is drafted once', [drafted], { type: 'DraftReview', data: { id, critic }, now }, []],
    ['is erased', [drafted, published, archived], erase, ['ReviewErased']],
    ['is erased once', [drafted, published, archived, erased], erase, []],
    ['is published', [drafted], publish, ['ReviewPublished']],
    ['is published once', [drafted, published], publish, []],
    ['is published before its time', [drafted, scheduled], publish, ['ReviewPublished']],
    [
      'is fixed',
      [drafted, published],
      { type: 'FixReview', data: { changes: { title: 'New' } }, now },
      ['ReviewFixed'],
    ],
    [
      'is not fixed if nothing changes',
      [drafted, published],
      { type: 'FixReview', data: { changes: { title: content.title } }, now },
      [],
    ],
    [
      'is not fixed if only the order of keys differs',
      [drafted, published],
      {
        type: 'FixReview',
        data: {
          changes: {
            movie: {
              genres: ['Thriller'],
              year: 1949,
              title: 'The Third Man',
              id: 'the-third-man-1949',
            },
          },
        },
        now,
      },
      [],
    ],
    [
      'is fixed if a part gets other words',
      [drafted, published],
      {
        type: 'FixReview',
        data: { changes: {}, words: { mastodon: { text: 'Go twice.' } } },
        now,
      },
      ['ReviewFixed'],
    ],
    [
      'is not fixed if no part gets other words',
      [drafted, published],
      { type: 'FixReview', data: { changes: {}, words: { mastodon: {} } }, now },
      [],
    ],
    ['is corrected', [drafted, published], correct, ['ReviewCorrected']],
    [
      'is archived',
      [drafted, published],
      { type: 'ArchiveReview', data: { reason: 'Wrong cut.' }, now },
      ['ReviewArchived'],
    ],
    [
      'is archived once',
      [drafted, published, archived],
      { type: 'ArchiveReview', data: { reason: 'Again' }, now },
      [],
    ],
    [
      'is restored',
      [drafted, published, archived],
      { type: 'RestoreReview', data: {}, now },
      ['ReviewRestored'],
    ],
    ['is scheduled, and again', [drafted, scheduled], schedule, ['ReviewScheduled']],
    [
      'is taken off the schedule',
      [drafted, scheduled],
      { type: 'CancelSchedule', data: {}, now },
      ['ScheduleCancelled'],
    ],
  ])('%s', (_, events, command, types) => {
    expect(when(given(...events), command)).toEqual(types)
  })

  it.each<[string, ReviewEvent[], ReviewCommand]>([
    ['publish what was never drafted', [], publish],
    ['publish what was archived', [drafted, published, archived], publish],
    ['fix a draft', [drafted], { type: 'FixReview', data: { changes: { title: 'New' } }, now }],
    ['correct what was archived', [drafted, published, archived], correct],
    ['archive a draft', [drafted], { type: 'ArchiveReview', data: { reason: 'r' }, now }],
    ['restore a draft', [drafted], { type: 'RestoreReview', data: {}, now }],
    ['schedule for the past', [drafted], { ...schedule, now: '2027-01-01T00:00:00.000Z' }],
    ['schedule what is published', [drafted, published], schedule],
    [
      'cancel the schedule of what is published',
      [drafted, published],
      { type: 'CancelSchedule', data: {}, now },
    ],
    [
      "take another critic's id",
      [drafted],
      { type: 'DraftReview', data: { id, critic: { id: 'rui', name: 'Rui' } }, now },
    ],
  ])('refuses to %s', (_, events, command) => {
    expect(() => decide(given(...events), command)).toThrow(IllegalReview)
  })

  it('keeps its text except for what a correction changed, with the note', () => {
    const [event] = decide(given(drafted, published), correct)
    const state = evolve(given(drafted, published), event!)
    expect(state).toMatchObject({
      status: 'published',
      content: { ...content, rating: 4 },
      corrections: [{ at: later, note: 'Four.', rating: { was: content.rating, is: 4 } }],
    })
  })
})
