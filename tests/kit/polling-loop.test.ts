/**
 * The loop behind confirmations and alerts: it never misses a wake-up. Its pauses use fake timers
 * here.
 */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { startPolling } from '../../server/kit/polling-loop'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const settle = () => vi.advanceTimersByTimeAsync(0)

it('looks at once, then after each pause', async () => {
  const round = vi.fn(async () => false)
  const { stop } = startPolling(round, 1000)
  await settle()
  expect(round).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(999)
  expect(round).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(round).toHaveBeenCalledTimes(2)
  await stop()
})

it('goes on without a pause while there is more', async () => {
  const answers = [true, true, false]
  const round = vi.fn(async () => answers.shift() ?? false)
  const { stop } = startPolling(round, 1000)
  await settle()
  expect(round).toHaveBeenCalledTimes(3)
  await stop()
})

it('looks at once when woken in its pause', async () => {
  const round = vi.fn(async () => false)
  const { wake, stop } = startPolling(round, 60_000)
  await settle()
  wake()
  await settle()
  expect(round).toHaveBeenCalledTimes(2)
  await stop()
})

it('looks once more when woken while looking, because it may have missed something', async () => {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const round = vi.fn(() => promise)
  const { wake, stop } = startPolling(round, 60_000)
  wake()
  resolve(false)
  await settle()
  expect(round).toHaveBeenCalledTimes(2)
  await stop()
})

it('stops after the round under way, and leaves no timer', async () => {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const { stop } = startPolling(() => promise, 1000)
  const ended = vi.fn()
  const stopped = stop().then(ended)
  await settle()
  expect(ended).not.toHaveBeenCalled()
  resolve(true)
  await stopped
  expect(vi.getTimerCount()).toBe(0)
})

it('stops at once in its pause', async () => {
  const { stop } = startPolling(async () => false, 60_000)
  await settle()
  await stop()
  expect(vi.getTimerCount()).toBe(0)
})
