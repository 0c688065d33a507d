/** The newest deliveries to a webhook, and the answers. */
import { expect, it } from 'vitest'
import WebhookDeliveries from '../../../components/editor/WebhookDeliveries.vue'
import type { WebhookDelivery } from '../../../shared/types/webhook'
import { show } from '../support/show'

const delivery = (given: Partial<WebhookDelivery> = {}): WebhookDelivery => ({
  eventId: `e${given.position ?? 12}`,
  type: 'com.mymovies.review.corrected.v1',
  position: 12,
  reviewId: 'r1',
  state: 'accepted',
  attempts: 1,
  at: '2026-11-14T11:01:17.000Z',
  status: 204,
  ms: 1200,
  ...given,
})
const rows = async (...deliveries: WebhookDelivery[]) => {
  const { findAll } = await show(WebhookDeliveries, { deliveries })
  return findAll('tbody tr').map(row => row.text())
}

it('shows no table before the first delivery', async () => {
  const { find } = await show(WebhookDeliveries, { deliveries: [] })
  expect(find('table').exists()).toBe(false)
})

it('shows the answer, and at which attempt it came', async () => {
  const [first, second] = await rows(delivery(), delivery({ position: 13, attempts: 3 }))
  expect(first).toMatch(/^corrected.*204 in 1,200 ms1214 November/)
  expect(second).toContain('204 in 1,200 ms, at attempt 3')
})

it('says why it failed, and when the next attempt is if there is one', async () => {
  const nextAt = '2026-11-14T11:05:00.000Z'
  const [retried, dead] = await rows(
    delivery({ state: 'retry', reason: 'answered 503', nextAt }),
    delivery({ position: 13, state: 'dead', reason: 'answered 410', nextAt }),
  )
  expect(retried).toMatch(/answered 503, next try \d\d:05/)
  expect(dead).toMatch(/answered 410\d/)
})
