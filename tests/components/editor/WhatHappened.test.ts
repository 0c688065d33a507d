/** The run sheet of a review: it updates itself, keeps its order, and sends failed deliveries again. */
import { flushPromises } from '@vue/test-utils'
import { beforeEach, expect, it, vi } from 'vitest'
import WhatHappened from '../../../components/editor/WhatHappened.vue'
import type { RunSheet } from '../../../shared/types/run-sheet'
import { runLine } from '../support/examples'
import { answer, asked, Problem, unreachable } from '../support/server'
import { show } from '../support/show'

const DELIVERIES = 'GET /api/reviews/r1/deliveries'
const email = runLine({ told: 1, of: 2, left: 1, state: 'Sending' })
const push = runLine({ part: 'push', label: 'Push', state: 'Failed', told: 0, of: 1, dead: 1 })
const sheet = (given: Partial<RunSheet> = {}): RunSheet => ({
  id: 'r1',
  lines: [email, push],
  earlier: [],
  settled: false,
  ...given,
})
const open = () => show(WhatHappened, { id: 'r1', version: 3 })

beforeEach(() => {
  vi.useFakeTimers()
  answer(DELIVERIES, sheet())
})

it('updates itself, and no line changes its place', async () => {
  const { findAll } = await open()
  const labels = () => findAll('.who').map(line => line.text())
  expect(labels()).toEqual(['Email', 'Push'])
  answer(DELIVERIES, sheet({ lines: [push, { ...email, told: 2, left: 0, state: 'Sent' }] }))
  await vi.advanceTimersByTimeAsync(1100)
  expect(labels()).toEqual(['Email', 'Push'])
  expect(findAll('.count')[0]!.text()).toMatch(/^2 of 2/)
})

it('asks rarely once everything is done, and at once for a new version', async () => {
  answer(DELIVERIES, sheet({ settled: true }))
  const { props } = await open()
  await vi.advanceTimersByTimeAsync(1100)
  const before = asked.length
  await vi.advanceTimersByTimeAsync(9000)
  expect(asked).toHaveLength(before)
  props.version = 4
  await flushPromises()
  expect(asked).toHaveLength(before + 1)
})

it('keeps the last figures when the server cannot be reached, and says so', async () => {
  const { find, findAll } = await open()
  answer(DELIVERIES, unreachable)
  await vi.advanceTimersByTimeAsync(3000)
  expect(find('[role=alert]').exists()).toBe(true)
  expect(findAll('.run li')).toHaveLength(2)
  answer(DELIVERIES, sheet())
  await vi.advanceTimersByTimeAsync(3000)
  expect(find('[role=alert]').exists()).toBe(false)
})

it('says that somebody is signed out, rather than that the server is away', async () => {
  const { find } = await open()
  answer(DELIVERIES, new Problem(401))
  await vi.advanceTimersByTimeAsync(3000)
  expect(find('[role=alert]').text()).toContain('You are signed out.')
})

it('sends a part again, and says if that failed', async () => {
  const { find, button } = await open()
  answer('POST /api/reviews/r1/redrive', {})
  await button(/Push/).trigger('click')
  await flushPromises()
  expect(asked.find(({ what }) => what.startsWith('POST'))!.body).toEqual({ part: 'push' })
  expect(find('[role=alert]').exists()).toBe(false)
  answer('POST /api/reviews/r1/redrive', unreachable)
  await button(/Push/).trigger('click')
  await flushPromises()
  expect(find('[role=alert]').exists()).toBe(true)
})

it('can be paused while something waits, and what was paused can be sent', async () => {
  answer(DELIVERIES, sheet({ heldUntil: '2026-11-14T11:01:17.000Z', mayPause: true }))
  answer('POST /api/reviews/r1/hold', {})
  answer('POST /api/reviews/r1/send-now', {})
  const { find, findAll, button } = await open()
  const buttons = () => findAll('.line button').map(one => one.text())
  expect(buttons()).toEqual(['Pause sending'])
  answer(DELIVERIES, sheet({ maySend: true }))
  await button(/^Pause sending/).trigger('click')
  await flushPromises()
  expect(asked.map(({ what }) => what)).toContain('POST /api/reviews/r1/hold')
  expect(buttons()).toEqual(['Send now'])
  answer(DELIVERIES, sheet())
  await button(/^Send now/).trigger('click')
  await flushPromises()
  expect(asked.map(({ what }) => what)).toContain('POST /api/reviews/r1/send-now')
  expect(find('.line button').exists()).toBe(false)
})

it('says so if it could not be paused', async () => {
  answer(DELIVERIES, sheet({ mayPause: true }))
  answer('POST /api/reviews/r1/hold', unreachable)
  const { find, button } = await open()
  await button(/^Pause sending/).trigger('click')
  await flushPromises()
  expect(find('[role=alert]').text()).toContain('Not paused.')
})

it('shows what came before the newest event', async () => {
  const event = { type: 'ReviewPublished', position: 12, at: '2026-11-14T11:01:17.000Z' }
  answer(DELIVERIES, sheet({ earlier: [{ event, lines: [push] }] }))
  const { findAll } = await open()
  expect(findAll('details .who').map(line => line.text())).toEqual(['Push'])
})
