/** Before Publish: what is missing, who will be notified, and the one button. */
import { expect, it } from 'vitest'
import { nextTick } from 'vue'
import PublishPanel from '../../../components/editor/PublishPanel.vue'
import { commands, draft, preview } from '../support/examples'
import { show } from '../support/show'

async function open(given: object = {}) {
  const acts = commands()
  const panel = await show(PublishPanel, {
    review: draft(),
    preview: preview(),
    commands: acts,
    ready: true,
    choices: {},
    ...given,
  })
  return { ...panel, acts }
}

it('publishes with what was chosen for the parts', async () => {
  const { find, acts } = await open()
  await find('#part-mastodon').setValue(false)
  await find('.button.solid').trigger('click')
  expect(acts.publish).toHaveBeenCalledWith({ mastodon: false })
})

it('cannot be pressed before the page is ready, and is only dimmed while a command runs', async () => {
  const early = await open({ ready: false })
  expect(early.find('.button.solid').attributes('disabled')).toBe('')
  const { find, acts } = await open()
  acts.busy.value = true
  await nextTick()
  expect(find('.button.solid').attributes()).not.toHaveProperty('disabled')
  expect(find('.button.solid').attributes('aria-disabled')).toBe('true')
})

it('says at the button what is missing, else what will be published empty', async () => {
  const incomplete = preview({
    missing: [{ path: 'rating', message: 'must be set' }],
    empty: ['summary'],
  })
  const { find, props } = await open({ preview: incomplete })
  expect(find('#needs').text()).toBe('It needs a rating.')
  props.preview = preview({ empty: ['summary', 'body'] })
  await nextTick()
  expect(find('#needs').text()).toMatch(/a summary or a text/)
  props.preview = preview()
  await nextTick()
  expect(find('#needs').exists()).toBe(false)
})

it('says what was refused instead', async () => {
  const { find, acts } = await open({ preview: preview({ empty: ['body'] }) })
  acts.trouble.value = 'Not published. It needs a title.'
  await nextTick()
  expect(find('[role=alert]').text()).toBe('Not published. It needs a title.')
  expect(find('#needs').exists()).toBe(false)
})

it('says when a scheduled review will be published, and cancels that', async () => {
  const { find, text, acts } = await open({
    review: draft({
      status: 'scheduled',
      schedule: { at: '2026-12-01T20:00:00.000Z', timeZone: 'Asia/Tokyo' },
    }),
  })
  expect(text()).toContain('2 December 2026, 05:00 (Asia/Tokyo)')
  await find('.line button').trigger('click')
  expect(acts.unschedule).toHaveBeenCalledOnce()
})

it('deletes a draft, and restores one that was deleted', async () => {
  const { findAll, acts } = await open()
  await findAll('button').at(-1)!.trigger('click')
  expect(acts.discard).toHaveBeenCalledOnce()
  const deleted = await open({ review: draft({ discardedAt: '2026-11-20T09:00:00.000Z' }) })
  await deleted.find('.line button').trigger('click')
  expect(deleted.acts.bringBack).toHaveBeenCalledOnce()
})
