/** Events that a part could not process: a reactor can try them again, a projection has to be rebuilt. */
import { expect, it } from 'vitest'
import ParkedEvents from '../../../components/editor/ParkedEvents.vue'
import { show } from '../support/show'

const parked = {
  kind: 'reactor' as const,
  part: 'email',
  reviewId: 'r1',
  title: 'On Stuck',
  position: 1204,
  type: 'ReviewPublished',
  reason: 'wants is not iterable',
  behind: 1,
}
const labels = new Map([['email', 'Email']])

it('says what is waiting and why, and tries a reactor again', async () => {
  const { find, emitted } = await show(ParkedEvents, { stuck: [parked], labels })
  const row = find('tbody tr')
  expect(row.text()).toMatch(/Email.*position 1,204.*wants is not iterable.*1 later event waits/)
  await row.find('button').trigger('click')
  expect(emitted('again')).toEqual([[parked]])
})

it('offers no retry for a projection, and none while busy', async () => {
  const { findAll } = await show(ParkedEvents, {
    stuck: [{ ...parked, kind: 'projection' }, parked],
    labels,
    busy: true,
  })
  const rows = findAll('tbody tr')
  expect(rows[0]!.find('button').exists()).toBe(false)
  expect(rows[1]!.find('button').attributes('disabled')).toBe('')
})
