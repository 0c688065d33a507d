/** The writing page takes over what happened to its review elsewhere, but never an older answer. */
import { beforeEach, expect, it, vi } from 'vitest'
import { ref } from 'vue'
import { useReviewPolling } from '../../composables/useReviewPolling'
import type { DeskReview } from '../../shared/types/desk'
import type { Autosave } from '../../utils/autosave'
import { draft, publishedReview } from '../components/support/examples'
import { answer, asked } from '../components/support/server'
import { inComponent } from './host'

const REVIEW = 'GET /api/desk/reviews/r1'
beforeEach(() => {
  vi.useFakeTimers()
})

function open(given: DeskReview = draft()) {
  const review = ref(given)
  const busy = ref(false)
  const meet = vi.fn(async () => true)
  const autosave = { version: () => 3, meet } as unknown as Autosave
  inComponent(() => useReviewPolling(review, { autosave, busy }))
  return { review, busy, meet }
}

it('becomes published when another window publishes', async () => {
  answer(REVIEW, publishedReview({ version: 4 }))
  const { review, meet } = open()
  await vi.advanceTimersByTimeAsync(11_000)
  expect(review.value.status).toBe('published')
  expect(meet).toHaveBeenCalledWith(expect.objectContaining({ version: 4 }))
})

it('leaves the review alone if only its text changed, and while a command runs', async () => {
  answer(REVIEW, draft({ version: 4 }))
  const { review, busy } = open()
  const before = review.value
  await vi.advanceTimersByTimeAsync(11_000)
  expect(review.value).toBe(before)
  answer(REVIEW, publishedReview({ version: 5 }))
  busy.value = true
  await vi.advanceTimersByTimeAsync(11_000)
  expect(review.value).toBe(before)
})

it('ignores an answer that is older than what was saved', async () => {
  answer(REVIEW, publishedReview({ version: 2 }))
  const { review } = open()
  await vi.advanceTimersByTimeAsync(11_000)
  expect(review.value.status).toBe('draft')
})

it('asks every second when its scheduled time is near', async () => {
  const at = new Date(Date.now() + 5000).toISOString()
  answer(REVIEW, draft({ status: 'scheduled', schedule: { at } }))
  open(draft({ status: 'scheduled', schedule: { at } }))
  await vi.advanceTimersByTimeAsync(4500)
  expect(asked).toHaveLength(4)
})
