/** A secret that is shown once, ready to be copied. */
import { flushPromises } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import SecretOnce from '../../../components/editor/SecretOnce.vue'
import { show } from '../support/show'

const given = { secret: 'whsec_123' }

it('gets the focus when it appears', async () => {
  const { find } = await show(SecretOnce, given)
  expect(document.activeElement).toBe(find('input').element)
  expect(find<HTMLInputElement>('input').element.value).toBe('whsec_123')
  expect(find('input').attributes('readonly')).toBe('')
})

it('is copied, and says so', async () => {
  const copy = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  const { find } = await show(SecretOnce, given)
  await find('button').trigger('click')
  await flushPromises()
  expect(copy).toHaveBeenCalledWith('whsec_123')
  expect(find('[role=status]').text()).not.toBe('')
})

it('is selected if the browser allows no clipboard', async () => {
  vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('not allowed'))
  const { find } = await show(SecretOnce, given)
  const { element } = find<HTMLInputElement>('input')
  element.setSelectionRange(0, 0)
  await find('button').trigger('click')
  await flushPromises()
  expect([element.selectionStart, element.selectionEnd]).toEqual([0, 9])
  expect(find('[role=status]').text()).not.toBe('')
})
