/** Deliveries that were given up: sent again one by one or all of a part, or skipped with a reason. */
import { expect, it } from 'vitest'
import FailedDeliveries from '../../../components/editor/FailedDeliveries.vue'
import { show } from '../support/show'

const letter = (id: number, part = 'push') => ({
  id,
  part,
  reviewId: 'r1',
  title: 'On the Third Man',
  recipient: 's1',
  reason: 'The push service answered 410',
  attempts: 3,
})
const given = {
  deliveries: [letter(1), letter(2, 'email')],
  counts: new Map([
    ['push', 600],
    ['email', 1],
  ]),
  labels: new Map([
    ['push', 'Push'],
    ['email', 'Email'],
  ]),
}

it('shows no table if nothing was given up', async () => {
  const { find } = await show(FailedDeliveries, { ...given, deliveries: [], counts: new Map() })
  expect(find('table').exists()).toBe(false)
  expect(find('ul').exists()).toBe(false)
})

it('says why, and after how many attempts', async () => {
  const { find } = await show(FailedDeliveries, given)
  expect(find('tbody tr').text()).toContain('The push service answered 410, after 3 attempts')
})

it('sends one again, or all of a part', async () => {
  const { findAll, emitted } = await show(FailedDeliveries, given)
  await findAll('.again > button')[1]!.trigger('click')
  expect(emitted('again')).toEqual([[2]])
  await findAll('.bypart button')[0]!.trigger('click')
  expect(emitted('all')).toEqual([['push']])
})

it('takes other words only for a post, which has no recipient', async () => {
  const deliveries = [letter(1), { ...letter(2, 'x'), recipient: '' }]
  const { findAll, emitted } = await show(FailedDeliveries, { ...given, deliveries })
  const forms = findAll('.other-words')
  expect(forms).toHaveLength(1)
  await forms[0]!.find('textarea').setValue('See it twice.')
  await forms[0]!.trigger('submit')
  expect(emitted('again')).toEqual([[2, 'See it twice.']])
})

it('skips one only with a reason', async () => {
  const { find, emitted } = await show(FailedDeliveries, given)
  await find('form').trigger('submit')
  await find('[name=reason]').setValue('   ')
  await find('form').trigger('submit')
  expect(emitted('skip')).toBeUndefined()
  await find('[name=reason]').setValue(' They left. ')
  await find('form').trigger('submit')
  expect(emitted('skip')).toEqual([[1, 'They left.']])
})

it('shows the newest fifty, and is disabled while busy', async () => {
  const { findAll } = await show(FailedDeliveries, {
    ...given,
    deliveries: Array.from({ length: 60 }, (_, id) => letter(id)),
    busy: true,
  })
  expect(findAll('tbody tr')).toHaveLength(50)
  expect(findAll('button').every(button => button.attributes('disabled') === '')).toBe(true)
})
