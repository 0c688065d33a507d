/** Words separated by commas become a list while they are typed. */
import { expect, it } from 'vitest'
import ListField from '../../../components/editor/ListField.vue'
import { show } from '../support/show'

const given = { name: 'genres', label: 'Genres', modelValue: ['Drama'], usual: ['Drama', 'Sci-Fi'] }

it('takes each word once, trimmed, in its usual spelling', async () => {
  const { find, props } = await show(ListField, given)
  expect(find<HTMLInputElement>('input').element.value).toBe('Drama')
  await find('input').setValue(' drama, SCI-FI ,, sci-fi, Heist')
  expect(props.modelValue).toEqual(['Drama', 'Sci-Fi', 'Heist'])
})

it('leaves the typed text alone while it means the same, and follows a list that changes elsewhere', async () => {
  const { find, props } = await show(ListField, given)
  const { element } = find<HTMLInputElement>('input')
  await find('input').setValue('Drama, ')
  expect(element.value).toBe('Drama, ')
  props.modelValue = ['Heist', 'Drama']
  await Promise.resolve()
  expect(element.value).toBe('Heist, Drama')
})

it('says what is wrong instead of the hint', async () => {
  const { find, props } = await show(ListField, { ...given, hint: 'At most 5' })
  const input = find('input')
  expect(find(`#${input.attributes('aria-describedby')}`).text()).toBe('At most 5')
  expect(input.attributes('aria-invalid')).toBeUndefined()
  props.problem = 'Too many.'
  await Promise.resolve()
  expect(input.attributes('aria-invalid')).toBe('true')
  expect(find(`#${input.attributes('aria-describedby')}`).text()).toBe('Too many.')
})
