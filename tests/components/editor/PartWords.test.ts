/** What a part would say, and the critic's own line in its place. */
import { expect, it } from 'vitest'
import { nextTick } from 'vue'
import PartWords from '../../../components/editor/PartWords.vue'
import { previewedPart } from '../support/examples'
import { show } from '../support/show'

const open = (part = previewedPart(), modelValue?: string) => show(PartWords, { part, modelValue })

it('starts the own line from that of the part, with the focus in it', async () => {
  const { find, props } = await open()
  await find('button').trigger('click')
  await nextTick()
  expect(props.modelValue).toBe('Go twice.')
  expect(document.activeElement).toBe(find('textarea').element)
  await find('textarea').setValue('Go three times.')
  expect(props.modelValue).toBe('Go three times.')
})

it('goes back to the words of the part', async () => {
  const { find, props } = await open(previewedPart(), 'Go three times.')
  expect(find<HTMLTextAreaElement>('textarea').element.value).toBe('Go three times.')
  await find('button').trigger('click')
  expect(props.modelValue).toBeUndefined()
  expect(find('textarea').exists()).toBe(false)
})

it('says under the line what is wrong with it', async () => {
  const { find } = await open(previewedPart({ problem: 'is too long' }), 'Go.')
  const field = find('textarea')
  expect(field.attributes('aria-invalid')).toBe('true')
  expect(find(`#${field.attributes('aria-describedby')}`).text()).toContain('is too long.')
})

it('offers no other words where the part has no line', async () => {
  const { findAll } = await open(previewedPart({ line: undefined }))
  expect(findAll('button')).toHaveLength(0)
})

it('says how long it is, what it costs and what is left', async () => {
  const { text } = await open(
    previewedPart({
      length: 22,
      limit: 500,
      cost: 'One post costs 1 cent.',
      quota: { left: 12, of: 100, what: 'posts today' },
    }),
  )
  expect(text()).toMatch(/22 of 500.*One post costs 1 cent\..*12 of 100 posts today left\./)
})

it('shows a letter in a frame that runs nothing', async () => {
  const { find } = await open(
    previewedPart({ subject: 'The Third Man', html: '<p>Go twice.</p>', say: undefined }),
  )
  expect(find('iframe').attributes()).toMatchObject({ sandbox: '', srcdoc: '<p>Go twice.</p>' })
})
