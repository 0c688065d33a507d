/** The choices for each part survive a reload, until the review is published. */
import { expect, it } from 'vitest'
import { nextTick, ref } from 'vue'
import { usePartChoices } from '../../composables/usePartChoices'
import { inComponent } from './host'

const open = (isOut = ref(false)) => {
  const { result, unmount } = inComponent(() => usePartChoices('r1', () => isOut.value))
  return { choices: result, isOut, unmount }
}

it('is there again after a reload', async () => {
  const { choices, unmount } = open()
  choices.value = { x: false, mastodon: { text: 'Go.' } }
  await nextTick()
  unmount()
  expect(open().choices.value).toEqual({ x: false, mastodon: { text: 'Go.' } })
})

it('is forgotten when nothing is chosen any more, and when the review is published', async () => {
  const { choices, isOut } = open()
  choices.value = { x: false }
  await nextTick()
  expect(localStorage).toHaveLength(1)
  choices.value = {}
  await nextTick()
  expect(localStorage).toHaveLength(0)
  choices.value = { x: false }
  isOut.value = true
  await nextTick()
  expect(localStorage).toHaveLength(0)
})

it('starts empty if the storage holds something unexpected', () => {
  localStorage.setItem('mymovies:parts:r1', 'not JSON')
  expect(open().choices.value).toEqual({})
})
