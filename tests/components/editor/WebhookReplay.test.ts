/** Resending old notices: a preview comes before the button that sends them. */
import { expect, it } from 'vitest'
import WebhookReplay from '../../../components/editor/WebhookReplay.vue'
import { show } from '../support/show'

const item = (n: number) => ({ reviewId: `r${n}`, title: `On film ${n}`, type: 'ReviewPublished' })
const found = (count: number) => ({
  from: 12,
  count,
  items: Array.from({ length: count }, (_, n) => item(n)),
})
const open = (given: object = {}) =>
  show(WebhookReplay, { from: 12, busy: '', off: false, ...given })

it('asks what would be sent from a position', async () => {
  const { find, emitted } = await open()
  expect(find<HTMLInputElement>('#from').element.value).toBe('12')
  await find('#from').setValue('15')
  await find('form').trigger('submit')
  expect(emitted('preview')).toEqual([[15]])
})

it('sends exactly what it showed', async () => {
  const { find, findAll, emitted } = await open({ preview: found(12) })
  expect(findAll('li')).toHaveLength(9)
  expect(findAll('li').at(-1)!.text()).toContain('4')
  await find('ul ~ button').trigger('click')
  expect(emitted('replay')).toEqual([[12]])
})

it('offers nothing to send if there is nothing, or if the webhook is switched off', async () => {
  const nothing = await open({ preview: found(0) })
  expect(nothing.find('[role=status]').text()).not.toBe('')
  expect(nothing.findAll('button')).toHaveLength(1)
  const off = await open({ preview: found(1), off: true })
  expect([off.find('form').exists(), off.findAll('button').length]).toEqual([false, 0])
})
