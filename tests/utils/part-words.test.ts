/** What a channel is doing, in the words of the desk. */
import { describe, expect, it } from 'vitest'
import type { PartState } from '../../shared/types/part-state'
import { allPartsWords, partStateWord, waitingOf } from '../../utils/part-words'

const channel = (more: Partial<PartState>): PartState => ({
  name: 'email',
  label: 'Email',
  kind: 'reactor',
  state: 'Following',
  listensTo: 1,
  head: 9,
  rate: 0,
  ...more,
})

it.each<[string, Partial<PartState>]>([
  ['Up to date', { waiting: 0, lag: 0 }],
  ['Sending', { waiting: 3 }],
  ['Sending', { lag: 2 }],
  ['Rebuilding, 0 %', { kind: 'projection', rebuild: 0, lag: 3 }],
  ['Catching up', { kind: 'projection', lag: 2 }],
  ['Paused', { state: 'Paused', waiting: 3 }],
  ['Not set up', { state: 'Not set up' }],
])('%s: %j', (word, more) => expect(partStateWord(channel(more))).toBe(word))

it('counts the waiting deliveries, and events only if there are none', () => {
  expect([{ waiting: 3, lag: 2 }, { lag: 2 }, {}].map(more => waitingOf(channel(more)))).toEqual([
    3, 2, 0,
  ])
})

describe('all of them', () => {
  it('are up to date, whatever is not set up', () => {
    expect(allPartsWords([channel({}), channel({ state: 'Not set up' })])).toBe(
      'Everything is up to date.',
    )
  })

  it('are named if they are not', () => {
    const push = channel({ label: 'Push', state: 'Stopped' })
    expect(allPartsWords([channel({ waiting: 1 }), push, channel({})])).toBe(
      'Not up to date: Email and Push.',
    )
  })
})
