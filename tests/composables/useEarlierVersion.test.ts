/** An earlier version in the place of the text, and the way back. */
import { expect, it, vi } from 'vitest'
import { reactive } from 'vue'
import { useEarlierVersion } from '../../composables/useEarlierVersion'
import { type Writing, writingOf } from '../../shared/review/writing'
import type { Autosave } from '../../utils/autosave'

function open({ saves = true } = {}) {
  const writing = reactive(writingOf({ body: 'Now' }))
  const replace = vi.fn(async (text: Writing) => {
    if (saves) Object.assign(writing, text)
    return saves
  })
  return {
    writing,
    replace,
    ...useEarlierVersion(writing, { replace, isSignedOut: () => false } as unknown as Autosave),
  }
}
const earlier = writingOf({ body: 'Earlier' })
const ctrlZ = () => new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, cancelable: true })

it('is undone by a press, as long as nothing else was typed', async () => {
  const { writing, bring, undo, canUndo, count } = open()
  await bring(earlier)
  expect([writing.body, canUndo.value, count.value]).toEqual(['Earlier', true, 1])
  await undo()
  expect([writing.body, canUndo.value]).toEqual(['Now', false])
  await bring(earlier)
  writing.body = 'Earlier, and on'
  expect(canUndo.value).toBe(false)
})

it('is undone by Ctrl+Z, which otherwise stays with the browser', async () => {
  const { writing, bring, press, replace } = open()
  const untouched = ctrlZ()
  press(untouched)
  expect(untouched.defaultPrevented).toBe(false)
  await bring(earlier)
  const undone = ctrlZ()
  press(undone)
  expect(undone.defaultPrevented).toBe(true)
  await replace.mock.results.at(-1)!.value
  expect(writing.body).toBe('Now')
})

it('says so if the text cannot be saved first', async () => {
  const { writing, bring, trouble, canUndo } = open({ saves: false })
  await bring(earlier)
  expect(writing.body).toBe('Now')
  expect(trouble.value).toMatch(/^Not restored/)
  expect(canUndo.value).toBe(false)
})
