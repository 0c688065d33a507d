/** What a part would send, and the critic's own line in its place. */
import { expect, it } from 'vitest'
import { nextTick } from 'vue'
import PartWords from '../../../components/editor/PartWords.vue'
import { previewedPart } from '../support/examples'
import { show } from '../support/show'

const open = (part = previewedPart(), modelValue?: string) => show(PartWords, { part, modelValue })

it("starts the critic's line from the part's, with the focus in it", async () => {
  const { find, props } = await open()
  await find('button').trigger('click')
  await nextTick()
  expect(props.modelValue).toBe('Go twice.')
  expect(document.activeElement).toBe(find('textarea').element)
  await find('textarea').setValue('Go three times.')
  expect(props.modelValue).toBe('Go three times.')
})

it("goes back to the part's words", async () => {
  const { find, props } = await open(previewedPart(), 'Go three times.')
  expect(find<HTMLTextAreaElement>('textarea').element.value).toBe('Go three times.')
  await find('button').trigger('click')
  expect(props.modelValue).toBeUndefined()
  expect(find('textarea').exists()).toBe(false)
})

it('shows the problem under the line', async () => {
  const { find } = await open(previewedPart({ problem: 'is too long' }), 'Go.')
  const field = find('textarea')
  expect(field.attributes('aria-invalid')).toBe('true')
  expect(find(`#${field.attributes('aria-describedby')}`).text()).toContain('is too long.')
})

it('offers no editing if the part has no line', async () => {
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

it('shows an email in a frame that runs no scripts', async () => {
  const { find } = await open(
    previewedPart({ subject: 'The Third Man', html: '<p>Go twice.</p>', say: undefined }),
  )
  expect(find('iframe').attributes()).toMatchObject({ sandbox: '', srcdoc: '<p>Go twice.</p>' })
})
