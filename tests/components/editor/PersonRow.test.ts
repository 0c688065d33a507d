/** One person who may sign in: changing the role or password, and removing the person after a confirmation. */
import { flushPromises } from '@vue/test-utils'
import { expect, it } from 'vitest'
import PersonRow from '../../../components/editor/PersonRow.vue'
import { answer, asked, Problem } from '../support/server'
import { show } from '../support/show'

const PERSON = { id: 'p1', name: 'Omar Diaz', email: 'omar@example.org', role: 'critic' as const }

async function open(given: object = {}) {
  const row = await show(
    PersonRow,
    { person: PERSON, roles: ['critic', 'editor'], mayManage: true, isMe: false, ...given },
    { within: ['table', 'tbody'] },
  )
  await row.find('[aria-expanded]').trigger('click')
  return row
}

it('cannot be changed without the right to', async () => {
  const { findAll } = await show(
    PersonRow,
    { person: PERSON, roles: [], mayManage: false, isMe: false },
    { within: ['table', 'tbody'] },
  )
  expect(findAll('button')).toHaveLength(0)
})

it('gets another role', async () => {
  answer('PATCH /api/people/p1', {})
  const { find, emitted } = await open()
  expect(find('form button').attributes('disabled')).toBe('')
  await find('select').setValue('editor')
  await find('form').trigger('submit')
  await flushPromises()
  expect(asked[0]!.body).toEqual({ role: 'editor' })
  expect(emitted('done')).toEqual([[expect.stringContaining('Omar Diaz is now editor')]])
  expect(find('[aria-expanded]').attributes('aria-expanded')).toBe('false')
})

it('keeps the old role when the server refuses, and says why', async () => {
  answer('PATCH /api/people/p1', new Problem(409, { detail: 'The last owner stays owner.' }))
  const { find, emitted } = await open()
  await find('select').setValue('editor')
  await find('form').trigger('submit')
  await flushPromises()
  expect(find('[role=alert]').text()).toBe('The last owner stays owner.')
  expect(find<HTMLSelectElement>('select').element.value).toBe('critic')
  expect(emitted('done')).toBeUndefined()
})

it('gets a new password', async () => {
  answer('PATCH /api/people/p1', {})
  const { find, findAll } = await open()
  await find('[type=password]').setValue('correct horse')
  await findAll('form')[1]!.trigger('submit')
  expect(asked[0]!.body).toEqual({ password: 'correct horse' })
})

it('is removed only at the second press', async () => {
  answer('DELETE /api/people/p1', undefined)
  const { button, emitted } = await open()
  await button(/^Remove$/).trigger('click')
  expect(asked).toEqual([])
  await button(/^Remove Omar Diaz$/).trigger('click')
  await flushPromises()
  expect(asked.map(({ what }) => what)).toEqual(['DELETE /api/people/p1'])
  expect(emitted('done')).toHaveLength(1)
})

it('cannot remove themselves', async () => {
  const { findAll } = await open({ isMe: true })
  expect(findAll('form')).toHaveLength(1)
  expect(findAll('button').some(button => button.text() === 'Remove')).toBe(false)
})
