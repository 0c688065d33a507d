/** A rating of 0 is a verdict too, so there is no rating until somebody touches the slider. */
import { expect, it } from 'vitest'
import { nextTick } from 'vue'
import RatingSlider from '../../../components/editor/RatingSlider.vue'
import { show } from '../support/show'

const open = (modelValue: number | null) => show(RatingSlider, { modelValue })

it('takes the value that the slider is moved to, and says it in words', async () => {
  const { find, props } = await open(null)
  await find('#rating').setValue('4.5')
  expect(props.modelValue).toBe(4.5)
  expect(find('#rating').attributes('aria-valuetext')).toMatch(/^4½: \w/)
})

it('is rated 0 by a key press that does not move it', async () => {
  const { find, props } = await open(null)
  await find('#rating').trigger('pointerup')
  expect(props.modelValue).toBe(0)
})

it.each(['Home', 'ArrowLeft', 'ArrowDown', 'PageDown'])(
  'is rated 0 with %s, which moves no slider that stands there',
  async key => {
    const { find, props } = await open(null)
    await find('#rating').trigger('keydown', { key })
    expect(props.modelValue).toBe(0)
  },
)

it('ignores other keys, and these once it is rated', async () => {
  const { find, props } = await open(null)
  await find('#rating').trigger('keydown', { key: 'Tab' })
  expect(props.modelValue).toBeNull()
  props.modelValue = 3
  await nextTick()
  await find('#rating').trigger('keydown', { key: 'ArrowLeft' })
  expect(props.modelValue).toBe(3)
})
