/** Replaying old events for one part: nothing is sent before a preview was shown. */
import { flushPromises } from '@vue/test-utils'
import { expect, it } from 'vitest'
import ReplayForm from '../../../components/editor/ReplayForm.vue'
import { part } from '../support/examples'
import { answer, asked, Problem } from '../support/server'
import { show } from '../support/show'

const REPLAY = 'POST /api/parts/email/replay'
const FOUND = {
  count: 12,
  items: [{ reviewId: 'r1', title: 'On Ikiru', type: 'ReviewPublished', recipients: 12 }],
}

async function open() {
  const form = await show(ReplayForm, {
    head: 1204,
    parts: [
      part(),
      part({ name: 'x', state: 'Not set up' }),
      part({ name: 'movies', kind: 'projection' }),
    ],
  })
  await form.find('#replay-part').setValue('email')
  await form.find('#replay-from').setValue('12')
  return form
}
async function look({ find }: Awaited<ReturnType<typeof open>>) {
  await find('form').trigger('submit')
  await flushPromises()
}

it('knows the parts that can be replayed', async () => {
  const { findAll } = await open()
  expect(findAll('option').map(option => option.attributes('value'))).toEqual(['email'])
})

it('shows what would be sent, then sends it', async () => {
  answer(REPLAY, FOUND)
  const form = await open()
  await look(form)
  expect(asked[0]!.body).toEqual({ from: 12, dryRun: true })
  expect(form.find('.would').text()).toMatch(/On Ikiru.*ReviewPublished.*12/)
  answer(REPLAY, { planned: 12 })
  await form.find('.would ~ button').trigger('click')
  await flushPromises()
  expect(asked[1]!.body).toEqual({ from: 12, dryRun: false })
  expect(asked[1]!.headers.get('idempotency-key')).toMatch(/^[\da-f]{32}$/)
  expect(form.find('[role=status]').text()).toMatch(/^12 deliveries of Email/)
  expect(form.find('.would').exists()).toBe(false)
  expect(form.emitted('done')).toHaveLength(1)
})

it('discards the preview when another part or position is chosen', async () => {
  answer(REPLAY, FOUND)
  const form = await open()
  await look(form)
  await form.find('#replay-from').setValue('13')
  expect(form.find('.would').exists()).toBe(false)
})

it('says when there is nothing to send', async () => {
  answer(REPLAY, { count: 0, items: [] })
  const form = await open()
  await look(form)
  expect(form.find('[role=status]').text()).not.toBe('')
  expect(form.findAll('button')).toHaveLength(1)
})

it('says why nothing was planned', async () => {
  answer(REPLAY, new Problem(422, { errors: [{ path: 'from', message: 'must be at most 1204' }] }))
  const form = await open()
  await look(form)
  expect(form.find('[role=alert]').text()).toBe('The first position must be at most 1204.')
})
