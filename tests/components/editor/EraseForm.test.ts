/** Erasing is offered only once the title has been typed. */
import { expect, it } from 'vitest'
import EraseForm from '../../../components/editor/EraseForm.vue'
import { commands } from '../support/examples'
import { show } from '../support/show'

const open = async () => {
  const acts = commands()
  const form = await show(EraseForm, { title: 'Everyone in Vienna', commands: acts, ready: true })
  return { ...form, acts, title: form.find<HTMLInputElement>('#erase-title') }
}

it('waits for the whole title', async () => {
  const { button, title, acts } = await open()
  const erase = button(/Erase for good/)
  expect(erase.attributes('disabled')).toBe('')
  await title.setValue('Everyone in Vien')
  expect(erase.attributes('disabled')).toBe('')
  await title.setValue('Everyone in Vienna ')
  await erase.trigger('click')
  expect(acts.erase).toHaveBeenCalledExactlyOnceWith('Everyone in Vienna')
})

it('shows why it was refused beside the title', async () => {
  const { find, title, acts } = await open()
  acts.problems.value = { title: 'must be the title of the review, letter for letter' }
  await title.setValue('x')
  expect(title.attributes('aria-invalid')).toBe('true')
  expect(find('.problem').text()).toContain('letter for letter')
})
