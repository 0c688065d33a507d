/** What critics say about themselves: sent to the account it is about, with a problem beside the field. */
import { expect, it } from 'vitest'
import BioForm from '../../../components/editor/BioForm.vue'
import { answer, asked, Problem } from '../support/server'
import { show } from '../support/show'

const open = () => show(BioForm, { address: '/api/me', bio: 'Third row.', whose: 'your bio' })

it('sends it, and shows what was saved', async () => {
  const { find } = await open()
  answer('PATCH /api/me', { bio: 'Sits in the third row.' })
  await find('input').setValue('Sits in the third row.')
  await find('form').trigger('submit')
  await expect.poll(() => find('[role=status]').text()).toContain('Sits in the third row.')
  expect(asked.at(-1)).toMatchObject({ body: { bio: 'Sits in the third row.' } })
})

it('says what is wrong with it', async () => {
  const { find } = await open()
  answer('PATCH /api/me', new Problem(422, { errors: [{ path: 'bio', message: 'is too long' }] }))
  await find('form').trigger('submit')
  await expect.poll(() => find('.problem').text()).toBe('Is too long.')
})
