/** Every webhook as a row. */
import { expect, it } from 'vitest'
import WebhooksTable from '../../../components/editor/WebhooksTable.vue'
import { webhook } from '../support/examples'
import { show } from '../support/show'

it('shows the address, the events, the payload and the last answer', async () => {
  const { findAll } = await show(WebhooksTable, {
    webhooks: [
      webhook(),
      webhook({
        id: 'w2',
        url: 'http://partner.example/hook',
        state: 'failing',
        types: ['com.mymovies.review.published.v1'],
        shape: 'pick',
        fields: ['id', 'title'],
        lastAnswer: { ok: false, ms: 3, said: 'answered 503' },
      }),
    ],
  })
  const cells = findAll('tbody tr').map(row => row.findAll('td').map(cell => cell.text()))
  expect(cells[0]!.slice(0, 2)).toEqual(['Active', 'All events'])
  expect(cells[1]).toEqual(['Failing', 'Published', 'Id, title', 'answered 503'])
  // An unencrypted address is shown with its scheme.
  expect(findAll('th a').map(link => link.text())).toEqual([
    'partner.example/hook',
    'http://partner.example/hook',
  ])
})
