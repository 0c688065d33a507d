/** The preview of a delivery is loaded once, when somebody opens it. */
import { flushPromises } from '@vue/test-utils'
import { expect, it } from 'vitest'
import FailedDeliveryPreview from '../../../components/editor/FailedDeliveryPreview.vue'
import { answer, asked, unreachable } from '../support/server'
import { show } from '../support/show'

const given = { id: 7, about: 'On Ikiru by Push, number 7' }

it('loads only when first opened', async () => {
  answer('GET /api/dead-letters/7', { say: 'Seen twice.', type: 'ReviewPublished' })
  const { find } = await show(FailedDeliveryPreview, given)
  expect(asked).toEqual([])
  await toggle(find<HTMLDetailsElement>('details').element, true)
  expect(find('pre').text()).toMatch(/^Seen twice\.\s+\{\s+"type": "ReviewPublished"\s+\}$/)
  await toggle(find<HTMLDetailsElement>('details').element, false)
  await toggle(find<HTMLDetailsElement>('details').element, true)
  expect(asked).toHaveLength(1)
})

it('says so when it cannot be read', async () => {
  answer('GET /api/dead-letters/7', unreachable)
  const { find } = await show(FailedDeliveryPreview, given)
  await toggle(find<HTMLDetailsElement>('details').element, true)
  expect(find('pre').exists()).toBe(false)
  expect(find('.problem').exists()).toBe(true)
})

async function toggle(details: HTMLDetailsElement, open: boolean) {
  details.open = open
  await flushPromises()
}
