/** The preview of Publish: requested again after each change, and only the newest answer counts. */
import { flushPromises } from '@vue/test-utils'
import { beforeEach, expect, it, vi } from 'vitest'
import { ref } from 'vue'
import { usePublishPreview } from '../../composables/usePublishPreview'
import type { ShownPartChoices } from '../../shared/types/desk'
import { preview } from '../components/support/examples'
import { answer, asked, Problem, unreachable } from '../components/support/server'
import { inComponent } from './host'

const PREVIEW = 'POST /api/reviews/r1/preview'
beforeEach(() => {
  vi.useFakeTimers()
})

function open(choices: ShownPartChoices = {}) {
  const version = ref(1)
  const chosen = ref(choices)
  const { result } = inComponent(() => usePublishPreview('r1', () => version.value, chosen))
  return { ...result, version, chosen }
}

it("sends the critic's words, but not those of a part that is off", async () => {
  answer(PREVIEW, preview())
  open({ mastodon: { text: 'Go.' }, x: false, bluesky: { text: ' ' } })
  await flushPromises()
  expect(asked[0]!.body).toEqual({ parts: { mastodon: { text: 'Go.' } } })
})

it('asks once for several changes in one go', async () => {
  answer(PREVIEW, preview())
  const { version } = open()
  for (version.value = 2; version.value < 5; version.value++) await vi.advanceTimersByTimeAsync(100)
  await vi.advanceTimersByTimeAsync(1000)
  expect(asked).toHaveLength(2)
})

it('ignores an answer that a newer one has overtaken', async () => {
  const slow = Promise.withResolvers<object>()
  answer(PREVIEW, () => slow.promise)
  const { version, preview: shown } = open()
  answer(PREVIEW, preview({ openPages: 2 }))
  version.value = 2
  await vi.advanceTimersByTimeAsync(1000)
  slow.resolve(preview({ openPages: 1 }))
  await flushPromises()
  expect(shown.value?.openPages).toBe(2)
})

it('keeps the last figures when it cannot ask', async () => {
  answer(PREVIEW, preview())
  const { version, preview: shown, failed } = open()
  await flushPromises()
  answer(PREVIEW, unreachable)
  version.value = 2
  await vi.advanceTimersByTimeAsync(5000)
  expect([failed.value, shown.value?.openPages]).toEqual(['The server cannot be reached.', 3])
})

it('says "sign in" to somebody who is signed out, and asks again when they come back', async () => {
  answer(PREVIEW, new Problem(401))
  const { preview: shown, failed } = open()
  await flushPromises()
  expect(failed.value).toContain('Sign in')
  answer(PREVIEW, preview())
  dispatchEvent(new Event('focus'))
  await flushPromises()
  expect([failed.value, shown.value?.openPages]).toEqual(['', 3])
})
