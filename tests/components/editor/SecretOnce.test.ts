/** A secret that is shown once, ready to be copied. */
import { flushPromises } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import SecretOnce from '../../../components/editor/SecretOnce.vue'
import { show } from '../support/show'

const given = { secret: 'whsec_123' }

it('has the focus when it comes', async () => {
  const { find } = await show(SecretOnce, given)
  expect(document.activeElement).toBe(find('input').element)
  expect(find<HTMLInputElement>('input').element.value).toBe('whsec_123')
  expect(find('input').attributes('readonly')).toBe('')
})

it('is copied, which is said', async () => {
  const copy = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  const { find } = await show(SecretOnce, given)
  await find('button').trigger('click')
  await flushPromises()
  expect(copy).toHaveBeenCalledWith('whsec_123')
  expect(find('[role=status]').text()).not.toBe('')
})

it('is selected whole where the browser gives no clipboard', async () => {
  vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('not allowed'))
  const { find } = await show(SecretOnce, given)
  const { element } = find<HTMLInputElement>('input')
  element.setSelectionRange(0, 0)
  await find('button').trigger('click')
  await flushPromises()
  expect([element.selectionStart, element.selectionEnd]).toEqual([0, 9])
  expect(find('[role=status]').text()).not.toBe('')
})
