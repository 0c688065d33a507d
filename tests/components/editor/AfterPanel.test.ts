/** After Publish: what differs from the public text decides what can be done about it. */
import { expect, it } from 'vitest'
import { nextTick } from 'vue'
import AfterPanel from '../../../components/editor/AfterPanel.vue'
import { commands, publishedReview, writing } from '../support/examples'
import { show } from '../support/show'

const open = (given: object = {}) => {
  const acts = commands()
  const panel = show(AfterPanel, {
    review: publishedReview(),
    writing: writing(),
    commands: acts,
    ready: true,
    ...given,
  })
  return panel.then(shown => ({ ...shown, acts }))
}

it('offers no change while the published text is the same', async () => {
  const { button, find } = await open()
  expect(button(/typo/).attributes('disabled')).toBe('')
  expect(button(/correction/).attributes('disabled')).toBe('')
  expect(find('#note').exists()).toBe(false)
})

it('fixes a typo with only the fields that changed, and names them', async () => {
  const { button, text, acts } = await open({
    writing: writing({ body: 'Vienna: a city of doors.' }),
  })
  expect(text()).toMatch(/Unpublished changes: text\./)
  await button(/Fix/).trigger('click')
  expect(acts.fix).toHaveBeenCalledWith({ body: 'Vienna: a city of doors.' })
})

it('sends other words for posts along, also where nothing else changed', async () => {
  const preview = { missing: [], parts: [{ part: 'x', label: 'X', say: 'Go.', line: 'Go.' }] }
  const { button, find, acts, text } = await open({ preview, choices: {} })
  await find('summary').trigger('click')
  await button(/Edit text for X/).trigger('click')
  await find('#words-x').setValue('Go twice.')
  expect(text()).toMatch(/Unpublished changes: texts of posts\./)
  await button(/Fix/).trigger('click')
  expect(acts.fix).toHaveBeenCalledWith({}, { x: { text: 'Go twice.' } })
})

it('keeps the note of a correction that was refused, and clears it when it is published', async () => {
  const { button, find, acts } = await open({ writing: writing({ rating: 4 }) })
  const note = find<HTMLTextAreaElement>('#note')
  acts.correct.mockResolvedValueOnce(false)
  await note.setValue('It is a four.')
  expect(acts.forget).toHaveBeenCalledWith('note')
  await button(/Publish/).trigger('click')
  expect(note.element.value).toBe('It is a four.')
  await button(/Publish/).trigger('click')
  expect(acts.correct).toHaveBeenLastCalledWith({ rating: 4 }, 'It is a four.')
  await nextTick()
  expect(note.element.value).toBe('')
})

it('archives with its reason', async () => {
  const { button, find, acts } = await open()
  await find('#reason').setValue('The film was another.')
  await button(/Archive/).trigger('click')
  expect(acts.archive).toHaveBeenCalledWith('The film was another.', false)
})

it('says why it was archived and restores it', async () => {
  const { button, findAll, text, acts } = await open({
    review: publishedReview({
      status: 'archived',
      archived: { at: '2026-11-20T09:00:00.000Z', reason: 'The film was another.' },
    }),
  })
  expect(text()).toContain('The film was another.')
  expect(findAll('button')).toHaveLength(1)
  await button(/./).trigger('click')
  expect(acts.restore).toHaveBeenCalledOnce()
})

it('says what failed, and is disabled while a command runs', async () => {
  const { button, find, acts } = await open({ writing: writing({ rating: 4 }) })
  acts.trouble.value = 'Not archived. The server cannot be reached.'
  acts.problems.value = { reason: 'Must say why.' }
  acts.busy.value = true
  await nextTick()
  expect(find('[role=alert]').text()).toBe('Not archived. The server cannot be reached.')
  expect(find('#reason').attributes('aria-invalid')).toBe('true')
  expect(button(/Archive/).attributes('disabled')).toBe('')
})
