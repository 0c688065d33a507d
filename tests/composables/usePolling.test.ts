/** A page polls by itself, but not while it is hidden. */
import { beforeEach, expect, it, vi } from 'vitest'
import { usePolling } from '../../composables/usePolling'
import { inComponent } from './host'

let visibility: DocumentVisibilityState
beforeEach(() => {
  vi.useFakeTimers()
  visibility = 'visible'
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visibility)
})
function look(state: DocumentVisibilityState) {
  visibility = state
  document.dispatchEvent(new Event('visibilitychange'))
}

it('asks again after the answer, with the delay that the page gives then', async () => {
  let every = 1000
  const ask = vi.fn(async () => {})
  inComponent(() => usePolling(ask, () => every))
  expect(ask).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(2500)
  expect(ask).toHaveBeenCalledTimes(2)
  every = 10_000
  await vi.advanceTimersByTimeAsync(10_000)
  expect(ask).toHaveBeenCalledTimes(3)
})

it('pauses while it is hidden, and asks at once when it is visible again', async () => {
  const ask = vi.fn(async () => {})
  inComponent(() => usePolling(ask, () => 1000))
  look('hidden')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(ask).not.toHaveBeenCalled()
  look('visible')
  expect(ask).toHaveBeenCalledTimes(1)
})

it('ends with the page, even while it waits for an answer', async () => {
  const answered = Promise.withResolvers<undefined>()
  const ask = vi.fn(() => answered.promise)
  const { unmount } = inComponent(() => usePolling(ask, () => 1000))
  await vi.advanceTimersByTimeAsync(1000)
  unmount()
  answered.resolve(undefined)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(ask).toHaveBeenCalledTimes(1)
})
