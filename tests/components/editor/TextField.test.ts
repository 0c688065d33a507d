/** One text field, described by its hint and its problem. */
import { expect, it } from 'vitest'
import { nextTick } from 'vue'
import TextField from '../../../components/editor/TextField.vue'
import { show } from '../support/show'

const given = { name: 'summary', label: 'Summary', modelValue: 'Vienna.' }

it('takes what is typed', async () => {
  const { find, props } = await show(TextField, given)
  await find('textarea').setValue('Vienna tilts.')
  expect(props.modelValue).toBe('Vienna tilts.')
  expect(find('label').attributes('for')).toBe(find('textarea').attributes('id'))
})

it('is described by its problem and its hint, in that order', async () => {
  const { find, props } = await show(TextField, given)
  expect(find('textarea').attributes()).not.toHaveProperty('aria-describedby')
  Object.assign(props, { hint: '7 of 300', problem: 'Too short.' })
  await nextTick()
  const ids = find('textarea').attributes('aria-describedby')!.split(' ')
  expect(ids.map(id => find(`#${id}`).text())).toEqual(['Too short.', '7 of 300'])
  expect(find('textarea').attributes('aria-invalid')).toBe('true')
})

it('moves on at Enter if it is one line, and otherwise takes it', async () => {
  const { find, props } = await show(TextField, given)
  const enter = () => new KeyboardEvent('keydown', { key: 'Enter', cancelable: true })
  const typed = enter()
  find('textarea').element.dispatchEvent(typed)
  expect(typed.defaultPrevented).toBe(false)
  props.oneLine = true
  await nextTick()
  const moved = enter()
  find('textarea').element.dispatchEvent(moved)
  expect(moved.defaultPrevented).toBe(true)
})
