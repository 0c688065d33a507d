/** A small event map: two events, and one listener of each kind. */
import type { Effect, EventMap } from '../../../shared/types/event-map'

const nothing: Effect = { reach: 'nothing', says: 'Nothing happens' }
const effects = (published: Effect, drafted = nothing) => ({
  ReviewDrafted: drafted,
  ReviewPublished: published,
})
const quiet: Effect = { reach: 'updated quietly', says: 'Keeps what is true now' }

export const eventMapExample = (given: Partial<EventMap> = {}): EventMap => ({
  columns: ['Front page', 'Push'],
  notSetUp: ['Push'],
  rows: [
    {
      type: 'ReviewPublished',
      reach: ['notified', 'notified'],
      says: ['Shows it as new', 'Notifies its subscribers'],
    },
  ],
  events: [
    { type: 'ReviewDrafted', command: 'DraftReview' },
    {
      type: 'ReviewPublished',
      command: 'PublishReview',
      notice: 'com.mymovies.review.published.v1',
    },
  ],
  listeners: [
    {
      name: 'latest_reviews',
      label: 'Latest reviews',
      kind: 'read model',
      outside: ['Front page', 'Feeds'],
      effects: effects({ reach: 'notified', says: 'Shows it as new' }),
    },
    {
      name: 'reviews',
      label: 'Reviews',
      kind: 'read model',
      outside: [],
      effects: effects(quiet, quiet),
    },
    {
      name: 'push',
      label: 'Push',
      kind: 'channel',
      outside: ['Readers'],
      effects: effects({ reach: 'notified', says: 'Notifies its subscribers' }),
    },
    {
      name: '/live',
      label: 'Live updates',
      kind: 'stream',
      outside: ['Open pages'],
      effects: effects({ reach: 'notified', says: 'Told at once' }),
    },
  ],
  ...given,
})
