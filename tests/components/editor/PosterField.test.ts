/** A picture of the film is uploaded when it is chosen, and described in words. */
import { flushPromises } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { nextTick } from 'vue'
import PosterField from '../../../components/editor/PosterField.vue'
import { answer, asked, Problem } from '../support/server'
import { show } from '../support/show'

const POSTER = { url: '/uploads/1.webp', alt: 'A man in a doorway' }
const file = new File(['picture'], 'poster.png', { type: 'image/png' })

async function choose({ find }: Awaited<ReturnType<typeof show>>) {
  const input = find<HTMLInputElement>('#poster')
  Object.defineProperty(input.element, 'files', { value: [file], configurable: true })
  await input.trigger('change')
}

it('cannot be uploaded before there is a film', async () => {
  const { find } = await show(PosterField, { modelValue: undefined, disabled: true })
  expect(find('#poster').attributes('disabled')).toBe('')
})

it('is uploaded at once, and a new picture keeps the description of the old one', async () => {
  const sent = Promise.withResolvers<object>()
  answer('POST /api/uploads', () => sent.promise)
  const field = await show(PosterField, { modelValue: POSTER })
  await choose(field)
  expect(field.find('#poster').attributes('disabled')).toBe('')
  sent.resolve({ url: '/uploads/2.webp' })
  await flushPromises()
  expect((asked[0]!.body as FormData).get('file')).toBeInstanceOf(File)
  expect(field.props.modelValue).toEqual({ url: '/uploads/2.webp', alt: POSTER.alt })
  expect(field.find('#poster').attributes('disabled')).toBeUndefined()
})

it('says why it was not taken, and keeps the old one', async () => {
  answer(
    'POST /api/uploads',
    new Problem(422, { errors: [{ path: 'file', message: 'is not a picture' }] }),
  )
  const field = await show(PosterField, { modelValue: POSTER })
  await choose(field)
  await flushPromises()
  expect(field.find('[role=alert]').text()).toContain('is not a picture.')
  expect(field.props.modelValue).toEqual(POSTER)
})

it('is described in words, and can be removed', async () => {
  const { find, props } = await show(PosterField, { modelValue: POSTER })
  await find('#poster-alt').setValue('Orson Welles, smiling')
  expect(props.modelValue).toEqual({ ...POSTER, alt: 'Orson Welles, smiling' })
  props.problem = 'Must say what it shows.'
  await nextTick()
  expect(find('#poster-alt').attributes('aria-invalid')).toBe('true')
  expect(find('#poster-alt-hint').text()).toBe('Must say what it shows.')
  await find('button').trigger('click')
  expect(props.modelValue).toBeUndefined()
})
