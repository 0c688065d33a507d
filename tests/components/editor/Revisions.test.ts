/** Earlier versions are fetched when opened, compared word by word, and can be restored. */
import { flushPromises } from '@vue/test-utils'
import { expect, it } from 'vitest'
import Revisions from '../../../components/editor/Revisions.vue'
import { writing } from '../support/examples'
import { answer, asked, Problem, unreachable } from '../support/server'
import { show } from '../support/show'

const REVISIONS = 'GET /api/desk/reviews/r1/revisions'
const revision = (id: number, title: string) => ({
  id: `revision-${id}`,
  version: id,
  at: '2026-11-14T11:01:17.000Z',
  actor: 'Ines Okafor',
  fields: { ...writing(), title },
})

async function open() {
  const shown = await show(Revisions, {
    id: 'r1',
    writing: writing({ title: 'A new title' }),
    ready: true,
  })
  expect(asked).toEqual([])
  shown.find<HTMLDetailsElement>('details').element.open = true
  await flushPromises()
  return shown
}

it('says if there are none, or if they cannot be fetched', async () => {
  answer(REVISIONS, { items: [] })
  const none = await open()
  expect([none.find('.hint').exists(), none.find('li').exists()]).toEqual([true, false])
  none.unmount()
  asked.length = 0
  answer(REVISIONS, unreachable)
  const failed = await open()
  expect(failed.find('.trouble').exists()).toBe(true)
})

it('shows what was removed and what was added', async () => {
  answer(REVISIONS, { items: [revision(1, 'An old title')] })
  const { find, findAll } = await open()
  await find('li button').trigger('click')
  expect(find('li button').attributes('aria-pressed')).toBe('true')
  expect(findAll('del').map(word => word.text())).toEqual(['An', 'old'])
  expect(findAll('ins').map(word => word.text())).toEqual(['A', 'new'])
})

it('restores a whole version', async () => {
  answer(REVISIONS, { items: [revision(1, 'An old title')] })
  const { find, findAll, emitted } = await open()
  await find('li button').trigger('click')
  await findAll('button').at(-1)!.trigger('click')
  expect(emitted('bring')).toEqual([[writing({ title: 'An old title' })]])
})

it('says when the words are the same', async () => {
  answer(REVISIONS, { items: [revision(1, 'A new title')] })
  const { find } = await open()
  await find('li button').trigger('click')
  expect(find('.compared .hint').exists()).toBe(true)
  expect(find('ins, del').exists()).toBe(false)
})

it('says why there is a version, and offers to undo what was restored', async () => {
  answer(REVISIONS, { items: [{ ...revision(1, 'An old title'), reason: 'paste' }] })
  const { find, emitted, props } = await open()
  expect(find('li').text()).toContain('before much of it was replaced, Ines Okafor')
  expect(find('[role=status]').text()).toBe('')
  props.canUndo = true
  await flushPromises()
  await find('[role=status] button').trigger('click')
  expect(emitted('undo')).toHaveLength(1)
})

it('fetches the list again after a version was restored', async () => {
  answer(REVISIONS, { items: [revision(1, 'An old title')] })
  const { findAll, props } = await open()
  answer(REVISIONS, { items: [revision(2, 'A new title'), revision(1, 'An old title')] })
  props.count = 1
  await flushPromises()
  expect(findAll('li')).toHaveLength(2)
})

it('says that one has to sign in', async () => {
  answer(REVISIONS, new Problem(401))
  const { find } = await open()
  expect(find('.trouble').text()).toContain('Sign in')
})
