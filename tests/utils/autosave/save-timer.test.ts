/** When to save: soon after typing stops, and with growing delays after failures. */
import { beforeEach, expect, it, vi } from 'vitest'
import { createSaveTimer } from '../../../utils/autosave/save-timer'

const START = Date.parse('2026-11-14T11:00:00.000Z')
let saves: number[]
beforeEach(() => {
  vi.useFakeTimers()
  vi.setSystemTime(START)
  saves = []
})
const open = () => createSaveTimer(() => saves.push(Date.now()), 500)

it('waits for typing to stop, but no longer than three seconds', () => {
  const timer = open()
  for (let at = 0; at < 4000; at += 400) {
    timer.afterTyping()
    vi.advanceTimersByTime(400)
  }
  expect(saves[0]).toBe(START + 3000)
})

it('retries after 1, 2, 4 seconds and so on, at most 30, until it is saved', () => {
  const timer = open()
  const waits = Array.from({ length: 7 }, () => {
    const before = Date.now()
    timer.afterFailure()
    vi.runAllTimers()
    return (Date.now() - before) / 1000
  })
  expect(waits).toEqual([1, 2, 4, 8, 16, 30, 30])
  expect(timer.isRetrying()).toBe(true)
  timer.saved()
  expect(timer.isRetrying()).toBe(false)
  timer.afterFailure()
  vi.advanceTimersByTime(1000)
  expect(saves).toHaveLength(8)
})

it('has nothing to save when everything was undone', () => {
  const timer = open()
  timer.afterTyping()
  timer.nothingTyped()
  vi.runAllTimers()
  expect(saves).toEqual([])
})
