/** Why a webhook gets nothing, or soon will not. */
import { expect, it } from 'vitest'
import WebhookState from '../../../components/editor/WebhookState.vue'
import { webhookPage } from '../support/examples'
import { show } from '../support/show'

const open = (given: Parameters<typeof webhookPage>[0]) =>
  show(WebhookState, {
    webhook: webhookPage(given),
    at: () => 'yesterday',
    exactly: () => '11:01, 14 November 2026',
  })

it.each<[string, Parameters<typeof webhookPage>[0], RegExp]>([
  [
    'turned off',
    { state: 'disabled', disabledAt: 'T', disabledReason: 'it answered 410' },
    /^We turned it off \(yesterday\):\s+it answered 410\./,
  ],
  ['paused', { state: 'paused', disabledAt: 'T' }, /^Paused yesterday\./],
  ['paused, nobody knows when', { state: 'paused' }, /^Paused\./],
  ['failing', { state: 'failing', failingSince: 'T' }, /^Failing since 11:01, 14 November 2026\./],
])('says so: %s', async (_, given, words) => {
  const { text } = await open(given)
  expect(text()).toMatch(words)
})

it('says nothing while all is well', async () => {
  const { find } = await open({ state: 'active' })
  expect(find('p').exists()).toBe(false)
})
