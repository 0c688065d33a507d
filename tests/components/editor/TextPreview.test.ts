/** The text as readers will see it, parsed in a worker while it is typed. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import TextPreview from '../../../components/editor/TextPreview.vue'
import { show } from '../support/show'
import { SlowWorker } from '../support/slow-worker'

const paragraph = (text: string) => ({ tree: [{ t: 'p', c: [{ t: 'text', v: text }] }] })

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('Worker', SlowWorker)
})
afterEach(() => {
  vi.useRealTimers()
})

it('shows the text, and says so if there is none', async () => {
  const { find, props } = await show(TextPreview, { body: 'Vienna.' })
  await SlowWorker.newest.answer(paragraph('Vienna.'))
  expect(find('p').text()).toBe('Vienna.')
  props.body = '  '
  await nextTick()
  expect(find('.hint').exists()).toBe(true)
})

it('names what readers will not see as it was typed, each once', async () => {
  const { find, findAll } = await show(TextPreview, { body: '[a](#b)' })
  const link = { kind: 'link', what: '#b' }
  await SlowWorker.newest.answer({ ...paragraph('a'), leftOut: [link, link] })
  expect(findAll('.left-out li').map(item => item.text())).toEqual([
    expect.stringContaining('“#b”'),
  ])
  await SlowWorker.newest.answer(paragraph('a'))
  expect(find('.left-out').exists()).toBe(false)
})

it('keeps the last rendering beside the problem of a newer text', async () => {
  const { find, findAll } = await show(TextPreview, { body: 'Vienna.' })
  await SlowWorker.newest.answer(paragraph('Vienna.'))
  await SlowWorker.newest.answer({ problem: 'is nested too deeply' })
  expect(find('.problem').text()).toContain('is nested too deeply')
  expect(findAll('p').map(p => p.text())).toContain('Vienna.')
})

it('parses one text at a time, then only the newest', async () => {
  const { props } = await show(TextPreview, { body: 'a' })
  const worker = SlowWorker.newest
  for (const body of ['ab', 'abc', 'abcd']) {
    props.body = body
    await vi.advanceTimersByTimeAsync(300)
  }
  expect(worker.asked).toEqual(['a'])
  await worker.answer(paragraph('a'))
  expect(worker.asked).toEqual(['a', 'abcd'])
})

it('ends its worker with the page', async () => {
  const { unmount } = await show(TextPreview, { body: 'a' })
  unmount()
  expect(SlowWorker.newest.ended).toBe(true)
})
