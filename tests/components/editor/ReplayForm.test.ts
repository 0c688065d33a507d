/** Replaying old events for one part: nothing is sent before a preview was shown. */
import { flushPromises } from '@vue/test-utils'
import { beforeEach, expect, it } from 'vitest'
import ReplayForm from '../../../components/editor/ReplayForm.vue'
import { part } from '../support/examples'
import { answer, asked, Problem, unreachable } from '../support/server'
import { show } from '../support/show'

const HISTORY = 'GET /api/reviews/r1/history'
const REPLAY = 'POST /api/parts/email/replay'
const FOUND = {
  count: 12,
  items: [{ reviewId: 'r1', title: 'On Ikiru', type: 'ReviewPublished', recipients: 12 }],
}
const sent = () => asked.filter(({ what }) => what === REPLAY)

beforeEach(() => {
  answer('GET /api/reviews', {
    items: [{ id: 'r1', title: 'On Ikiru', publishedAt: '2026-11-14T11:01:17.000Z' }],
  })
  answer(HISTORY, {
    items: [
      { type: 'ReviewDrafted', position: 10 },
      { type: 'ReviewPublished', position: 12 },
      { type: 'ReviewFixed', position: 14 },
    ],
  })
})

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
  await form.find('#replay-from').setValue('r1')
  return form
}
async function look({ find }: Awaited<ReturnType<typeof open>>) {
  await find('form').trigger('submit')
  await flushPromises()
}

it('knows the channels that can send again', async () => {
  const { findAll } = await open()
  expect(findAll('#replay-part option').map(option => option.attributes('value'))).toEqual([
    'email',
  ])
})

it('shows what would be sent from the publication of a review on, then sends it', async () => {
  answer(REPLAY, FOUND)
  const form = await open()
  await look(form)
  expect(sent()[0]!.body).toEqual({ from: 12, dryRun: true })
  expect(form.find('.would').text()).toMatch(/On Ikiru:\s+a review is published, 12\s+recipients/)
  answer(REPLAY, { planned: 12 })
  await form.find('.would ~ button').trigger('click')
  await flushPromises()
  expect(sent()[1]!.body).toEqual({ from: 12, dryRun: false })
  expect(sent()[1]!.headers.get('idempotency-key')).toMatch(/^[\da-f]{32}$/)
  expect(form.find('[role=status]').text()).toMatch(/^Email: 12 deliveries/)
  expect(form.find('.would').exists()).toBe(false)
  expect(form.emitted('done')).toHaveLength(1)
})

it('begins with the first event, or at a position', async () => {
  answer(REPLAY, FOUND)
  const form = await open()
  await form.find('#replay-from').setValue('first')
  await look(form)
  await form.find('#replay-from').setValue('position')
  await form.find('#replay-position').setValue('13')
  await look(form)
  expect(sent().map(({ body }) => body)).toEqual([
    { from: 1, dryRun: true },
    { from: 13, dryRun: true },
  ])
})

it('forgets what it showed when another channel or start is asked for', async () => {
  answer(REPLAY, FOUND)
  const form = await open()
  await look(form)
  expect(form.find('.would').exists()).toBe(true)
  await form.find('#replay-from').setValue('first')
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

it('says so when nobody knows where the review was published', async () => {
  answer(HISTORY, unreachable)
  const form = await open()
  await look(form)
  expect(form.find('[role=alert]').text()).toMatch(/^Nothing was sent\./)
  expect(sent()).toEqual([])
})
