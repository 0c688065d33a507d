/** What is typed is kept in this browser, one entry for each tab, until the server has it. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { findBackup, keepBackup } from '../../utils/backup'
import { writing } from '../components/support/examples'

const backup = (title: string) => ({
  base: { version: 3, writing: writing() },
  mine: writing({ title }),
  sent: [],
})
/** Another tab has a session storage of its own. */
const otherTab = () => sessionStorage.clear()

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

it('is found by the same tab again, and is gone when the server has it', () => {
  keepBackup('r1', backup('Mine'))
  expect(findBackup('r1')).toEqual(backup('Mine'))
  expect(findBackup('r2')).toBeUndefined()
  keepBackup('r1', undefined)
  expect(findBackup('r1')).toBeUndefined()
})

it('keeps two tabs apart, and prefers its own entry', () => {
  keepBackup('r1', backup('First tab'))
  const first = sessionStorage.getItem('mymovies:tab')!
  otherTab()
  vi.advanceTimersByTime(1000)
  keepBackup('r1', backup('Second tab'))
  expect(localStorage).toHaveLength(2)
  sessionStorage.setItem('mymovies:tab', first)
  expect(findBackup('r1')?.mine.title).toBe('First tab')
})

it('takes over the newest entry of dead tabs', () => {
  keepBackup('r1', backup('Old'))
  otherTab()
  vi.advanceTimersByTime(1000)
  keepBackup('r1', backup('New'))
  otherTab()
  expect(findBackup('r1')?.mine.title).toBe('New')
  expect(localStorage).toHaveLength(2)
  expect(findBackup('r1')?.mine.title).toBe('New')
})

it('works without storage, if that is full or blocked', () => {
  const full = () => {
    throw new DOMException('full', 'QuotaExceededError')
  }
  vi.stubGlobal('localStorage', { setItem: full })
  expect(() => keepBackup('r1', backup('Mine'))).not.toThrow()
  expect(findBackup('r1')).toBeUndefined()
})
