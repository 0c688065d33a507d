/** The text of the writing page is saved as it is typed, and survives a page that dies. */
import { beforeEach, expect, it, vi } from 'vitest'
import { useAutosave } from '../../composables/useAutosave'
import { draft } from '../components/support/examples'
import { answer, asked, Problem, unreachable } from '../components/support/server'
import { inComponent } from './host'

const SAVE = 'PATCH /api/reviews/r1'
const saved = (version: number) => ({ version, updatedAt: '2026-11-14T11:01:17.000Z' })

beforeEach(() => {
  vi.useFakeTimers()
})
const open = () => inComponent(() => useAutosave(draft()))

it('sends what changed once the typing stops', async () => {
  answer(SAVE, saved(4))
  const { writing, state } = open().result
  for (const title of ['A', 'A n', 'A new title']) {
    writing.title = title
    await vi.advanceTimersByTimeAsync(100)
  }
  expect(state.value.kind).toBe('unsaved')
  await vi.advanceTimersByTimeAsync(1000)
  expect(asked.map(({ body }) => body)).toEqual([{ title: 'A new title' }])
  expect(asked[0]!.headers.get('if-match')).toBe('"3"')
  expect(state.value).toEqual({ kind: 'saved', at: '2026-11-14T11:01:17.000Z' })
})

it('shows beside the field what the server refuses, until the field changes', async () => {
  answer(SAVE, new Problem(422, { errors: [{ path: 'title', message: 'is too long' }] }))
  const { writing, problems } = open().result
  writing.title = 'x'.repeat(500)
  await vi.advanceTimersByTimeAsync(1000)
  expect(problems.value).toEqual({ title: 'Is too long.' })
  writing.title = 'Short'
  expect(problems.value).toEqual({})
})

it('keeps unsent text in this browser, and sends it after a reload', async () => {
  answer(SAVE, unreachable)
  const first = open()
  first.result.writing.title = 'Kept'
  await vi.advanceTimersByTimeAsync(1000)
  expect(first.result.state.value.kind).toBe('offline')
  // The page is killed: nothing is unmounted.
  answer(SAVE, saved(4))
  const { writing, state } = open().result
  await vi.advanceTimersByTimeAsync(100)
  expect(writing.title).toBe('Kept')
  expect(state.value.kind).toBe('saved')
  expect(localStorage).toHaveLength(0)
})

it('tries again as soon as the browser is online', async () => {
  answer(SAVE, unreachable)
  const { writing, state } = open().result
  writing.title = 'Kept'
  await vi.advanceTimersByTimeAsync(600)
  answer(SAVE, saved(4))
  dispatchEvent(new Event('online'))
  await vi.advanceTimersByTimeAsync(1)
  expect(state.value.kind).toBe('saved')
})

it('hands the rest to the browser once when the page is closed', async () => {
  answer(SAVE, saved(4))
  const { writing } = open().result
  writing.title = 'Last words'
  dispatchEvent(new Event('beforeunload'))
  dispatchEvent(new Event('pagehide'))
  expect(asked.map(({ body }) => body)).toEqual([{ title: 'Last words' }])
})
