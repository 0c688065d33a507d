/** An earlier event is expanded only while some of its deliveries are not done. */
import { expect, it } from 'vitest'
import EarlierEvent from '../../../components/editor/EarlierEvent.vue'
import { runLine } from '../support/examples'
import { show } from '../support/show'

const event = { type: 'ReviewPublished', position: 1204, at: '2026-11-14T11:01:17.000Z' }

it('is collapsed when everybody has been notified', async () => {
  const { find } = await show(EarlierEvent, { event, lines: [runLine()] })
  expect(find<HTMLDetailsElement>('details').element.open).toBe(false)
  expect(find('summary').text()).toBe('Publication, earlier: Everyone was notified.')
})

it('is expanded while a delivery is waiting, and sends a part again', async () => {
  const lines = [runLine({ state: 'Failed', told: 10, left: 2, dead: 2 })]
  const { find, emitted } = await show(EarlierEvent, { event, lines })
  expect(find<HTMLDetailsElement>('details').element.open).toBe(true)
  await find('button').trigger('click')
  expect(emitted('again')).toEqual([['email']])
})
