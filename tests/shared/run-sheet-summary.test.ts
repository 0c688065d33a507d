/** The run sheet in one sentence. */
import { expect, it } from 'vitest'
import { summarizeRunSheet } from '../../shared/run-sheet-summary'
import type { Line } from '../../shared/types/run-sheet'

const line = (more: Partial<Line>): Line => ({
  part: 'email',
  label: 'Email',
  state: 'Sent',
  unit: 'reader',
  ...more,
})
const post = (more: Partial<Line>) => line({ part: 'x', label: 'X', unit: 'network', ...more })

it.each<[string, Line[], string?]>([
  ['', []],
  ['Sending is about to start.', [line({ state: 'Waiting', left: 1 })]],
  [
    'Five readers and one network are still to be notified.',
    [line({ told: 9, of: 14, left: 5 }), post({ of: 1, left: 1 })],
  ],
  ['One reader is still to be notified.', [line({ of: 1, left: 1 })]],
  ['Everyone was notified.', [line({ told: 2, of: 2, left: 0 })]],
  ['One email is kept in the outbox, not sent.', [line({ told: 1, kept: 1, of: 1, left: 0 })]],
  [
    'Everyone was notified, except two readers whose email is kept in the outbox.',
    [line({ told: 2, kept: 2, of: 2, left: 0 }), post({ told: 1, of: 1, left: 0 })],
  ],
  [
    'Everyone was notified, except one reader and one reader whose email is kept in the outbox.',
    [line({ told: 2, of: 3, left: 0, missed: 1 }), line({ told: 1, kept: 1, of: 1, left: 0 })],
  ],
  [
    'One email is kept in the outbox, not sent. One reader was not notified.',
    [line({ told: 1, kept: 1, of: 2, left: 0, missed: 1 })],
  ],
  ['Everyone was notified, except one reader.', [line({ told: 2, of: 3, left: 0, missed: 1 })]],
  ['Two readers were not notified.', [line({ of: 2, left: 0, missed: 2 })]],
  ['Paused. Nobody has been notified yet.', [line({ state: 'Paused', of: 2, left: 0 })]],
  ['Paused. Some were already notified.', [line({ state: 'Paused', told: 1, of: 2, left: 0 })]],
  ['Nobody subscribed to this review.', [line({ state: 'No subscribers' })], 'ReviewPublished'],
  ['The site is updated. Nobody was notified.', [line({ state: 'Not changed' })], 'ReviewFixed'],
  [
    'Removed from the site. Nobody was notified.',
    [line({ state: 'Not changed' })],
    'ReviewArchived',
  ],
])('%s', (sentence, lines, type) => expect(summarizeRunSheet(lines, type)).toBe(sentence))
