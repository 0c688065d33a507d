/** Every part with how many it reaches; each can be switched off for this review, or be given custom words. */
import { expect, it } from 'vitest'
import PublishAudience from '../../../components/editor/PublishAudience.vue'
import { preview, previewedPart } from '../support/examples'
import { show } from '../support/show'

const open = (given: object = {}) =>
  show(PublishAudience, { preview: preview(), modelValue: {}, ...given })

it('shows that it is counting until the server has answered, and says if it cannot', async () => {
  const counting = await open({ preview: undefined })
  expect([counting.find('ul').exists(), counting.find('.hint').exists()]).toEqual([false, true])
  const failed = await open({ preview: undefined, failed: 'The server cannot be reached.' })
  expect([failed.find('.hint').exists(), failed.find('.trouble').exists()]).toEqual([false, true])
})

it('keeps the last figures when a later request fails', async () => {
  const { find } = await open({ failed: 'The server cannot be reached.' })
  expect([find('ul').exists(), find('.trouble').exists()]).toEqual([true, true])
})

it.each([
  [{ unit: 'readers', count: 1200 }, '1,200 readers'],
  [{ unit: undefined, count: 1 }, '1 reader'],
  [{ unit: 'webhooks', count: 1 }, '1 webhook'],
  [{ unit: 'readers', count: 12, later: 3 }, '12 now, 3 later'],
  [{ unit: 'post', count: 1 }, 'one post'],
  [{ unit: 'post', count: 0 }, 'nothing'],
])('says how many: %o', async (given, words) => {
  const { findAll } = await open({ preview: preview({ parts: [previewedPart(given)] }) })
  expect(findAll('.n').at(-1)!.text()).toBe(words)
})

it('says that a paused part waits, and who paused it', async () => {
  const part = previewedPart({ unit: 'readers', count: 384, paused: 'paused by Ines Okafor' })
  const { findAll, find } = await open({ preview: preview({ parts: [part] }) })
  expect(findAll('.n').at(-1)!.text()).toBe('384 readers, waiting')
  expect(find('li .hint').text()).toContain('Paused by Ines Okafor.')
})

it('switches a part off and on again', async () => {
  const { find, props } = await open()
  await find('#part-mastodon').setValue(false)
  expect(props.modelValue).toEqual({ mastodon: false })
  expect(find('.say').exists()).toBe(false)
  await find('#part-mastodon').setValue(true)
  expect(props.modelValue).toEqual({})
})

it('says why a part cannot send, and does not let it be switched on', async () => {
  const parts = [previewedPart({ off: 'Not set up' })]
  const { find, text } = await open({ preview: preview({ parts }) })
  expect(find('#part-mastodon').attributes('disabled')).toBe('')
  expect(find<HTMLInputElement>('#part-mastodon').element.checked).toBe(false)
  expect(text()).toContain('Not set up')
})

it("takes the critic's own line, and what is wrong with it", async () => {
  const { find, props } = await open({
    modelValue: { mastodon: { text: 'Go.' }, x: false },
    problems: { 'parts.mastodon.text': 'Too short.' },
  })
  expect(find('.say .problem').text()).toBe('Too short.')
  await find('textarea').setValue('Go now.')
  expect(props.modelValue).toEqual({ mastodon: { text: 'Go now.' }, x: false })
})

it('shows no words before the film and its rating are known', async () => {
  const missing = [{ path: 'rating', message: 'must be set' }]
  const { find } = await open({ preview: preview({ missing }) })
  expect(find('.say').exists()).toBe(false)
})
